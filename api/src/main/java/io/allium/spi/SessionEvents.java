package io.allium.spi;

import io.allium.I2pDatagram;
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

  /**
   * Asks about a datagram that arrived for the session, whatever its port, before it goes to a {@link DatagramDriver} or
   * is dropped since there is none. Called from any thread; returns at once.
   *
   * @param datagram what arrived
   * @return whether the API takes it for itself, so that no port gets it
   */
  default boolean takes(I2pDatagram datagram) {
    return false;
  }
}
