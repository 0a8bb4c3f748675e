package io.allium.spi;

import io.allium.Destination;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.SendOptions;
import java.nio.ByteBuffer;
import java.util.Optional;

/** One datagram port of a session. Methods may be called from several threads at once. */
public interface DatagramDriver {
  /**
   * The largest payload that one datagram of this port can carry.
   *
   * @return a number of bytes
   */
  int maxPayload();

  /**
   * Sends one datagram; returns when it was handed to the router, or fails within seconds.
   *
   * @param to the peer
   * @param payload the content, at most {@link #maxPayload()} bytes
   * @param options ports and delivery; a protocol number only for raw datagrams, and none that is taken
   * @throws I2pException {@code MESSAGE_TOO_LARGE} for a destination whose length leaves less room, {@code SESSION_LOST}, {@code CLOSED}
   * @throws InterruptedException if the thread was interrupted
   */
  void send(Destination to, ByteBuffer payload, SendOptions options)
      throws I2pException, InterruptedException;

  /**
   * Waits for the next datagram.
   *
   * @param call ends the wait early
   * @return the datagram
   * @throws I2pException {@code SESSION_LOST}, {@code CLOSED}; no datagram is lost when the call is aborted
   * @throws InterruptedException if the thread was interrupted; no datagram is lost by it
   */
  I2pDatagram receive(Call call) throws I2pException, InterruptedException;

  /**
   * Takes the next datagram if there is one, without waiting.
   *
   * @return the datagram, or empty if none waits or the port has ended
   */
  Optional<I2pDatagram> poll();

  /**
   * How many datagrams arrived and were dropped, since nobody took them in time.
   *
   * @return never less than before; {@link DatagramQueue#dropped()} for a driver that has such a queue
   */
  long dropped();

  /** Closes the port. Ends every call in progress. Idempotent. */
  void close();
}
