package io.allium.internal;

import io.allium.internal.values.Checks;
import io.allium.spi.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Until when what was written to the closed streams of a session may still be on its way. */
final class UnderWay {
  /** When something last came from the peer of a stream. */
  enum Heard {
    /** After our last write, or nothing was written: the peer has the rest, or wants no more. */
    SINCE,
    /** Before our last write. */
    BEFORE,
    /** Nothing ever came. */
    NEVER
  }

  private final TimeSource time;
  private final boolean deliveryIsKnown;
  private volatile @Nullable Long heardClosed;
  private volatile @Nullable Long silentClosed;

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
   * @param heard what came from its peer
   */
  void closed(boolean wrote, Heard heard) {
    if (!wrote || heard == Heard.SINCE && !deliveryIsKnown) {
      return;
    }
    if (heard == Heard.NEVER) {
      silentClosed = time.nanos();
    } else {
      heardClosed = time.nanos();
    }
  }

  /** How much is left of the time that each stream is given from its close on. */
  Duration left(Grace grace) {
    return Duration.ofNanos(
        Math.max(left(grace.heard(), heardClosed), left(grace.silent(), silentClosed)));
  }

  private long left(Duration grace, @Nullable Long closed) {
    return closed == null ? 0 : Math.max(0, Checks.nanos(grace) - (time.nanos() - closed));
  }
}
