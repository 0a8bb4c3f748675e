package io.allium.internal;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.spi.Call;
import io.allium.spi.RouterDriver;
import io.allium.spi.TimeSource;
import io.allium.spi.support.Timeout;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Brings a lost session back: the same keys, as soon as its router can. */
final class Supervisor {
  private static final System.Logger LOG = System.getLogger("io.allium.I2pSession");

  /** Longer than any pause or wait that a call is made for. */
  private static final Duration UNLIMITED = Duration.ofDays(365);

  /** What a session is when it is online. */
  interface Opening {
    OnlinePeriod open(Call call) throws I2pException, InterruptedException;

    /** Ends one that came after its time. */
    void discard(OnlinePeriod late);
  }

  private final RouterDriver router;
  private final TimeSource time;
  private final Calls calls;
  private final Duration openTimeout;
  private final Opening opening;
  private final String name;
  private final RandomGenerator random;

  /** Everything it waits for is one of {@code calls}, so that the session's end ends it. */
  Supervisor(
      RouterDriver router,
      Calls calls,
      Duration openTimeout,
      Opening opening,
      String name,
      RandomGenerator random) {
    this.router = router;
    time = router.time();
    this.calls = calls;
    this.openTimeout = openTimeout;
    this.opening = opening;
    this.name = name;
    this.random = random;
  }

  /**
   * Tries until the session is online again.
   *
   * @throws I2pException why it never will be, such as its end
   */
  OnlinePeriod recover() throws I2pException {
    long lostAt = time.nanos();
    boolean neverAway = true;
    int refusals = 0;
    while (true) {
      if (!answers()) {
        neverAway = false;
        pause(Backoff.untilKnock(time.nanos() - lostAt, random));
        continue;
      }
      long rest = router.reopenPause().toNanos() - (time.nanos() - lostAt);
      if (neverAway && rest > 0) {
        pause(rest);
        continue;
      }
      try {
        return calls.run(
            openTimeout, "open again", call -> guarded(() -> opening.open(call)), opening::discard);
      } catch (I2pException e) {
        if (isFinal(e.kind())) {
          throw e;
        }
        LOG.log(System.Logger.Level.INFO, () -> name + " is not yet back: " + e.getMessage());
      }
      pause(Backoff.afterRefusal(refusals++, random));
    }
  }

  private interface Step<T> {
    T run() throws I2pException, InterruptedException;
  }

  /** A defect of a provider, or a lack of memory, is one more refusal: it must not end a program that runs for months. */
  private static <T> T guarded(Step<T> step) throws I2pException, InterruptedException {
    try {
      return step.run();
    } catch (RuntimeException | Error e) {
      throw new I2pException(ErrorKind.INTERNAL, "the provider failed: " + e, e);
    }
  }

  private boolean answers() throws I2pException {
    try {
      calls.run(
          Calls.ROUTER_TIMEOUT,
          "ask the router",
          call -> guarded(() -> router.status(call)),
          ignored -> {});
      return true;
    } catch (I2pException e) {
      if (isFinal(e.kind())) {
        throw e;
      }
      return false;
    }
  }

  private void pause(long nanos) throws I2pException {
    calls.run(
        UNLIMITED,
        "wait for the router",
        call -> {
          Timeout.pauseOrWake(time, nanos, call);
          return call;
        },
        ignored -> {});
  }

  /** What no router's restart and no operator can mend while this program runs. */
  private static boolean isFinal(ErrorKind kind) {
    return switch (kind) {
      case CLOSED, INTERRUPTED, CONFIG_INVALID, NAME_INVALID, KEY_INVALID, UNSUPPORTED -> true;
      default -> false;
    };
  }
}
