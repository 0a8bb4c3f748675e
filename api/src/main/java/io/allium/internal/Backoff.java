package io.allium.internal;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before something is tried again. */
final class Backoff {
  /** The first pause after a refusal. */
  static final Duration FIRST = Duration.ofSeconds(1);

  /** Nobody waits longer than this for a router that is ready again. */
  static final Duration LONGEST = Duration.ofMinutes(5);

  /** A router that answers nothing costs next to nothing to ask: a refused connection. */
  static final Duration FIRST_KNOCK = Duration.ofMillis(200);

  /** A part of the time that a router has been away: who was away for an hour may be noticed minutes later. */
  private static final int KNOCK_SHARE = 16;

  private static final int MAX_DOUBLINGS = 9;

  private Backoff() {}

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
