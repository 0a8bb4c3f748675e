package io.allium.internal;

import java.time.Duration;

/**
 * How long after the close of a stream what was written to it may be under way.
 *
 * @param heard for a stream from which something came at some time
 * @param silent for a stream from which nothing ever came
 */
public record Grace(Duration heard, Duration silent) {
  /**
   * i2pd repeats a packet that is lost 9 s and 27 s after it was sent, until an acknowledgement tells it how long the way
   * takes; the rest is sent only then.
   */
  public static final Grace DEFAULT = new Grace(Duration.ofSeconds(10), Duration.ofSeconds(60));

  /** None at all. */
  static final Grace NONE = of(Duration.ZERO);

  /** The same for both. */
  public static Grace of(Duration time) {
    return new Grace(time, time);
  }
}
