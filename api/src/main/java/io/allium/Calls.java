package io.allium;

import io.allium.spi.Call;
import io.allium.spi.TimeSource;
import java.time.Duration;
import java.util.function.Consumer;

/** Runs a driver's blocking operation under a deadline, and gives interruption and failure one meaning everywhere. */
final class Calls {
  private static final System.Logger LOG = System.getLogger(I2pSession.class.getName());

  /** One operation of a driver. */
  interface Body<T> {
    T run(Call call) throws I2pException, InterruptedException;
  }

  private Calls() {}

  static <T> T run(
      TimeSource time, Duration timeout, String what, Body<T> body, Consumer<T> discard)
      throws I2pException {
    refuseInterrupted(what);
    Call call = new Call();
    TimeSource.Timer timer = time.schedule(Checks.nanos(timeout), call::abort);
    try {
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
      if (call.aborted() && e.kind() != ErrorKind.TIMEOUT) {
        throw new I2pException(ErrorKind.TIMEOUT, timeoutText(what, timeout), e);
      }
      throw new I2pException(e.kind(), what + ": " + e.getMessage(), e);
    } finally {
      timer.cancel();
      call.abort();
    }
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

  static I2pException interrupted(String what) {
    return new I2pException(ErrorKind.INTERRUPTED, what + ": the thread was interrupted");
  }

  static I2pException timeout(String what, Duration timeout) {
    return new I2pException(ErrorKind.TIMEOUT, timeoutText(what, timeout));
  }

  private static String timeoutText(String what, Duration timeout) {
    return what + ": no answer within " + text(timeout) + "; try again";
  }

  /** The same failure, thrown again with the stack of whoever runs into it now. */
  static I2pException again(String what, I2pException cause) {
    return new I2pException(cause.kind(), what + ": " + cause.getMessage(), cause);
  }

  private static String text(Duration duration) {
    double seconds = duration.toSeconds() + duration.toNanosPart() / 1e9;
    return seconds == Math.rint(seconds) ? (long) seconds + " s" : String.format("%.3f s", seconds);
  }
}
