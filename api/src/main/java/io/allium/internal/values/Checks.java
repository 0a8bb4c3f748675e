package io.allium.internal.values;

import java.time.Duration;

/** Argument checks that several types share. */
public final class Checks {
  /** The highest I2P port. */
  public static final int MAX_PORT = 65535;

  private Checks() {}

  /**
   * A port of I2P.
   *
   * @param port 0–65535
   * @return the same
   */
  public static int port(int port) {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("I2P port " + port + " is not in 0-65535");
    }
    return port;
  }

  /**
   * A number within its range.
   *
   * @param value the number
   * @param min the least
   * @param max the greatest
   * @param what its name
   * @return the same
   */
  public static int range(int value, int min, int max, String what) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(what + " " + value + " is not in " + min + "-" + max);
    }
    return value;
  }

  /**
   * A positive duration.
   *
   * @param duration more than zero
   * @param what its name
   * @return the same
   */
  public static Duration positive(Duration duration, String what) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(what + " must be positive, not " + duration);
    }
    return duration;
  }

  /**
   * A duration that may be zero.
   *
   * @param duration zero or more
   * @param what its name
   * @return the same
   */
  public static Duration notNegative(Duration duration, String what) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(what + " must not be negative: " + duration);
    }
    return duration;
  }

  /**
   * {@link Duration#toNanos()} without overflow: 292 years are for ever.
   *
   * @param duration any
   * @return its nanoseconds
   */
  public static long nanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }
}
