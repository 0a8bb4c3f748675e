package io.allium.spi;

import io.allium.I2pException;

/** How a driver tells the API about its session. */
@FunctionalInterface
public interface SessionEvents {
  /**
   * The session ended without having been closed by us. Called at most once, from any thread; returns at once.
   *
   * @param cause why, usually of kind {@code SESSION_LOST}
   */
  void lost(I2pException cause);
}
