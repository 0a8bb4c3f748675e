package io.allium.internal;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Registration;
import io.allium.internal.values.Checks;
import io.allium.spi.Call;
import io.allium.spi.TimeSource;
import io.allium.spi.support.AbortableCall;
import io.allium.spi.support.End;
import io.allium.spi.support.OngoingCalls;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Runs a driver's blocking operation under a deadline, and gives interruption and failure one meaning everywhere. The
 * operations of one owner end with it.
 */
public final class Calls {
  /** How long connecting to a router and asking it may take: one that answers at all answers at once. */
  public static final Duration ROUTER_TIMEOUT = Duration.ofSeconds(10);

  /** Nothing to a thread that was asked to leave; to another thread, a carrier. */
  private static final Duration PAUSE = Duration.ofMillis(1);

  private static final System.Logger LOG = System.getLogger("io.allium.I2pSession");

  private final TimeSource time;
  private final End end;
  private final OngoingCalls ongoing;

  /** Of an owner that ends for the reason of {@code end}. */
  Calls(TimeSource time, End end) {
    this.time = time;
    this.end = end;
    ongoing = new OngoingCalls(end);
  }

  <T> T run(Duration timeout, String what, OngoingCalls.Body<T> body, Consumer<? super T> discard)
      throws I2pException {
    end.check(what);
    try {
      return run(time, timeout, what, call -> ongoing.run(call, body, discard), discard);
    } catch (I2pException e) {
      if (e.kind() != ErrorKind.INTERRUPTED) {
        end.check(what);
      }
      throw e;
    }
  }

  /** To be called once the owner's end is set. */
  void abort() {
    ongoing.abort();
  }

  static <T> T run(
      TimeSource time,
      Duration timeout,
      String what,
      OngoingCalls.Body<T> body,
      Consumer<? super T> discard)
      throws I2pException {
    refuseInterrupted(what);
    long nanos = Checks.nanos(timeout);
    AbortableCall call = new AbortableCall(time, nanos);
    try (Registration timer = time.schedule(nanos, call::abort)) {
      T result = body.run(call);
      if (call.finish()) {
        return result;
      }
      discard.accept(result);
      throw timeout(what, timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(what);
    } catch (I2pException e) {
      if (Thread.currentThread().isInterrupted() && e.kind() != ErrorKind.TIMEOUT) {
        throw interrupted(what);
      }
      boolean tellsMore = e.kind() == ErrorKind.TIMEOUT || e.kind() == ErrorKind.ROUTER_UNREACHABLE;
      if (call.aborted() && !tellsMore) {
        throw new I2pException(ErrorKind.TIMEOUT, timeoutText(what, timeout), e);
      }
      throw End.again(what, e);
    } finally {
      call.abort();
    }
  }

  /** Does something that is aborted after that time: from the beginning for zero. */
  static void within(TimeSource time, Duration timeout, Consumer<Call> body) {
    if (timeout.isZero()) {
      body.accept(noTime());
      return;
    }
    long nanos = Checks.nanos(timeout);
    AbortableCall call = new AbortableCall(time, nanos);
    try (Registration timer = time.schedule(nanos, call::abort)) {
      body.accept(call);
    }
  }

  /** A call that is aborted from the beginning. */
  static Call noTime() {
    AbortableCall call = new AbortableCall();
    call.abort();
    return call;
  }

  /** Lets a provider end something: its defect keeps neither the rest from its end nor a session from coming back. */
  static void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.WARNING, "the provider failed to close", e);
    }
  }

  static void refuseInterrupted(String what) throws I2pException {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted(what);
    }
  }

  /** Leaves the flag as it is. */
  static I2pException interrupted(String what) {
    if (Thread.currentThread().isVirtual()) {
      leaveTheCarrier();
    }
    return new I2pException(ErrorKind.INTERRUPTED, what + ": the thread was interrupted");
  }

  /**
   * A loop that tries again and again although it is interrupted must not keep its carrier from other threads. To yield
   * is not enough: the carrier may take the same thread again for ever, as that of JDK 25 does.
   */
  private static void leaveTheCarrier() {
    boolean flag = Thread.interrupted();
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException again) {
      flag = true;
    }
    if (flag) {
      Thread.currentThread().interrupt();
    }
  }

  static I2pException timeout(String what, Duration timeout) {
    return new I2pException(ErrorKind.TIMEOUT, timeoutText(what, timeout));
  }

  private static String timeoutText(String what, Duration timeout) {
    return what + ": no answer within " + text(timeout) + "; try again";
  }

  static String text(Duration duration) {
    double seconds = duration.toSeconds() + duration.toNanosPart() / 1e9;
    return seconds == Math.rint(seconds)
        ? (long) seconds + " s"
        : String.format(Locale.ROOT, "%.3f s", seconds);
  }
}
