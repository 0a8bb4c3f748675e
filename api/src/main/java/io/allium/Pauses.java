package io.allium;

import io.allium.spi.Call;
import io.allium.spi.TimeSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;

/** Waiting, and how long to wait before something is tried again. */
final class Pauses {
  /** The first pause after a refusal. */
  static final Duration FIRST = Duration.ofSeconds(1);

  /** Nobody waits longer than this for a router that is ready again. */
  static final Duration LONGEST = Duration.ofMinutes(5);

  /** A router that answers nothing costs next to nothing to ask: a refused connection. */
  static final Duration FIRST_KNOCK = Duration.ofMillis(200);

  /** A part of the time that a router has been away: who was away for an hour may be noticed minutes later. */
  private static final int KNOCK_SHARE = 16;

  private static final int MAX_DOUBLINGS = 9;

  private Pauses() {}

  /**
   * Waits on the router's clock; returns early when the call is aborted, and when the machine goes on after a suspension:
   * what was waited for may be there by now, or be gone.
   */
  static void pause(TimeSource time, long nanos, Call call) throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    call.onAbort(over::countDown);
    TimeSource.Timer timer = time.schedule(nanos, over::countDown);
    TimeSource.Timer wake = time.onWake(over::countDown);
    try {
      over.await();
    } finally {
      wake.cancel();
      timer.cancel();
    }
  }

  /** Doubles with each refusal, and is shortened by up to a half by chance: many programs wait for one router. */
  static long afterRefusal(int refusals, RandomGenerator random) {
    long full = Math.min(FIRST.toNanos() << Math.min(refusals, MAX_DOUBLINGS), LONGEST.toNanos());
    return full - random.nextLong(full / 2);
  }

  /** Until a router that does not answer is asked again. */
  static long untilKnock(long awayNanos, RandomGenerator random) {
    long full = Math.clamp(awayNanos / KNOCK_SHARE, FIRST_KNOCK.toNanos(), LONGEST.toNanos());
    return full - random.nextLong(full / 2);
  }
}
