package io.allium.sam;

import io.allium.Destination;
import io.allium.I2pException;
import io.allium.protocol.sam.SendSettings;
import io.allium.protocol.sam.SessionRouting;
import java.nio.ByteBuffer;

/** The way of a session's datagrams to its bridge and back. Methods may be called from several threads at once. */
sealed interface DatagramTransport permits InBandTransport, UdpTransport {
  /** What SESSION CREATE says of it. */
  SessionRouting routing();

  /** The largest payload, in bytes. */
  int maxPayload();

  /**
   * Sends one datagram; the payload's position stays.
   *
   * @throws I2pException {@code MESSAGE_TOO_LARGE}, {@code CLOSED}, {@code ROUTER_*}, {@code TIMEOUT}
   */
  void send(Destination to, ByteBuffer payload, SendSettings settings)
      throws I2pException, InterruptedException;

  void close();
}
