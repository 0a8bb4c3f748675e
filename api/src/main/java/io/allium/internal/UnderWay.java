package io.allium.internal;

import io.allium.internal.values.Checks;
import io.allium.spi.TimeSource;
import java.time.Duration;

/** Until when what was written to the closed streams of a session may still be on its way. */
final class UnderWay {
  private final TimeSource time;
  private final boolean deliveryIsKnown;
  private volatile boolean some;
  private volatile long lastClosed;

  /**
   * Nothing yet.
   *
   * @param time the router's
   * @param deliveryIsKnown whether the router says what arrived, so that a wait ends as soon as all did
   */
  UnderWay(TimeSource time, boolean deliveryIsKnown) {
    this.time = time;
    this.deliveryIsKnown = deliveryIsKnown;
  }

  /**
   * A stream was closed cleanly.
   *
   * @param wrote whether anything was written to it
   * @param unheard whether nothing came from the peer after the last write: what came says that it has the rest, or
   *     wants no more
   */
  void closed(boolean wrote, boolean unheard) {
    if (deliveryIsKnown ? wrote : unheard) {
      lastClosed = time.nanos();
      some = true;
    }
  }

  /** How much is left of the time that each stream is given from its close on. */
  Duration left(Duration grace) {
    if (!some) {
      return Duration.ZERO;
    }
    long left = Checks.nanos(grace) - (time.nanos() - lastClosed);
    return Duration.ofNanos(Math.max(0, left));
  }
}
