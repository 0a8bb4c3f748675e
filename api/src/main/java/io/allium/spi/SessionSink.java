package io.allium.spi;

import io.allium.I2pException;

/** How a driver tells the API about its session: from any thread, such as the one that reads. Every method returns at once. */
public interface SessionSink {
  /**
   * The session ended without having been closed by us. Called at most once. Before it returns, on this thread, the API
   * asks {@link SessionDriver#handOver}, resets the session's streams, and calls {@link SessionDriver#close} with a call
   * that is aborted already: hold no lock that these take.
   *
   * @param cause why, usually of kind {@code SESSION_LOST}
   */
  void lost(I2pException cause);

  /**
   * A datagram arrived, whatever its port. {@link #batchEnd()} must follow soon.
   *
   * @param arrived the datagram
   */
  void datagram(Arrived arrived);

  /** No more datagrams came for now: wakes the threads that wait for those that came. */
  void batchEnd();
}
