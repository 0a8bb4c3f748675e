package io.allium.spi;

import io.allium.DatagramOptions;
import io.allium.Destination;
import io.allium.I2pException;

/** One destination online. Methods may be called from several threads at once. */
public interface SessionDriver {
  /**
   * Opens a stream to a destination.
   *
   * @param to the peer
   * @param toPort the peer's I2P port, 0–65535; 0 where the router has no ports
   * @param fromPort our I2P port, 0–65535
   * @param call ends the attempt early
   * @return the stream
   * @throws I2pException {@code PEER_UNREACHABLE}, {@code PEER_REFUSED}, {@code LEASESET_NOT_FOUND},
   *     {@code SESSION_LOST}, {@code ROUTER_*}; {@code UNSUPPORTED} if a port is not 0 and the router has none
   * @throws InterruptedException if the thread was interrupted; nothing is left behind
   */
  StreamDriver connect(Destination to, int toPort, int fromPort, Call call)
      throws I2pException, InterruptedException;

  /**
   * Waits for the next incoming stream, whatever its port. Several calls may wait at once; a stream goes to one of them.
   *
   * @param call ends the wait early
   * @return the stream
   * @throws I2pException {@code SESSION_LOST}, {@code CLOSED}, or an error of this one attempt
   * @throws InterruptedException if the thread was interrupted
   */
  StreamDriver accept(Call call) throws I2pException, InterruptedException;

  /**
   * Opens a datagram port of this session.
   *
   * @param options format and ports
   * @param call ends the attempt early
   * @return the port
   * @throws I2pException {@code UNSUPPORTED} if the router or the session's protocols do not have that format
   * @throws InterruptedException if the thread was interrupted
   */
  DatagramDriver datagrams(DatagramOptions options, Call call)
      throws I2pException, InterruptedException;

  /** Takes the destination offline; called once, after its streams and ports were closed. Ends every call in progress. */
  void close();
}
