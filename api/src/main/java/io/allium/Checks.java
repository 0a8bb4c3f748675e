package io.allium;

import java.time.Duration;

/** Argument checks that several types share. */
final class Checks {
  private static final int MAX_PORT = 65535;

  private Checks() {}

  static int port(int port) {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("I2P port " + port + " is not in 0-65535");
    }
    return port;
  }

  static Duration positive(Duration duration, String what) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(what + " must be positive, not " + duration);
    }
    return duration;
  }

  static Duration notNegative(Duration duration, String what) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(what + " must not be negative: " + duration);
    }
    return duration;
  }

  /** {@link Duration#toNanos()} without overflow: 292 years are for ever. */
  static long nanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }
}
