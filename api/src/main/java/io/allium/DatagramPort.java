package io.allium;

import io.allium.internal.DatagramCore;
import java.time.Duration;

/** Sends and receives datagrams of one format at one port of a session. Safe for use by several threads. */
public final class DatagramPort implements AutoCloseable {
  private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

  private final DatagramCore core;

  DatagramPort(DatagramCore core) {
    this.core = core;
  }

  /**
   * The largest payload of one datagram: 31,744 bytes, 32,768 for raw ones in memory, over I2CP and from SAM 3.2 on, 7,040 in band
   * on an older router. It may change when a router comes back with another version.
   *
   * @return a number of bytes
   */
  public int maxPayload() {
    return core.maxPayload();
  }

  /**
   * Sends one datagram with the defaults.
   *
   * @param to the peer; a name is resolved first, which may take seconds
   * @param payload the content, 1 to {@link #maxPayload()} bytes; {@code memory:} and {@code i2cp:} carry empty ones too
   * @throws I2pException as {@link #send(I2pAddress, byte[], SendOptions)}
   */
  public void send(I2pAddress to, byte[] payload) throws I2pException {
    send(to, payload, SendOptions.defaults());
  }

  /**
   * Sends one datagram; returns when the router has it. While the session is being recovered it fails, at once if the
   * peer is a {@link Destination}. Datagrams may get lost, come twice or come in another order. On some routers the
   * first datagram to each peer is always lost, so repeat a question until it is answered.
   *
   * @param to the peer; a name is resolved first, which may take seconds
   * @param payload the content, 1 to {@link #maxPayload()} bytes; {@code memory:} and {@code i2cp:} carry empty ones too
   * @param options ports and delivery; if they have no port, the address's port is used
   * @throws I2pException {@code MESSAGE_TOO_LARGE}: send less at a time; {@code CONFIG_INVALID}: a protocol number that
   *     this format cannot have; {@code UNSUPPORTED}: the router has no ports, no protocol numbers, no options of a
   *     single datagram (SAM 3.3) or no empty datagrams; {@code NAME_NOT_FOUND}; {@code LEASESET_NOT_FOUND}: nobody is
   *     online at a b32 address now; {@code TIMEOUT}: a lookup took 30 s, or the network takes no packets at present;
   *     {@code SESSION_LOST}, {@code ROUTER_*}: send again later; {@code INTERRUPTED}; {@code CLOSED}
   */
  public void send(I2pAddress to, byte[] payload, SendOptions options) throws I2pException {
    core.send(to, payload, options);
  }

  /**
   * Answers a datagram, at the port that it came from. An answer to an {@link I2pDatagram.Unverified} goes to the
   * sender that it claims to have, which may be somebody else.
   *
   * @param to the datagram to answer; not a raw one, which has no sender
   * @param payload the content, 1 to {@link #maxPayload()} bytes
   * @throws I2pException {@code UNSUPPORTED} for a raw datagram; else as {@link #send(I2pAddress, byte[], SendOptions)}
   */
  public void reply(I2pDatagram to, byte[] payload) throws I2pException {
    I2pName sender = switch (to) {
      case I2pDatagram.Authenticated known -> known.from();
      case I2pDatagram.Unverified claimed -> claimed.claimedHash();
      case I2pDatagram.Raw raw ->
        throw new I2pException(
            ErrorKind.UNSUPPORTED,
            "a raw datagram has no sender: use one that does, such as DATAGRAM");
    };
    send(I2pAddress.of(sender, to.fromPort()), payload);
  }

  /**
   * Waits for the next datagram without a limit.
   *
   * @return the datagram
   * @throws I2pException {@code INTERRUPTED}, no datagram is lost by it; {@code SESSION_LOST} without recovery; {@code
   *     CLOSED}
   */
  public I2pDatagram receive() throws I2pException {
    return receive(FOR_EVER);
  }

  /**
   * Waits for the next datagram.
   *
   * @param timeout how long at most, positive
   * @return the datagram
   * @throws I2pException {@code TIMEOUT} and {@code INTERRUPTED}, no datagram is lost by them; {@code SESSION_LOST}
   *     without recovery; {@code CLOSED}
   */
  public I2pDatagram receive(Duration timeout) throws I2pException {
    return core.receive(timeout);
  }

  /**
   * How many datagrams arrived here and were dropped, because nobody received them in time. At most 4,096 datagrams,
   * and 4 MiB, wait.
   *
   * @return a number that never goes down
   */
  public long dropped() {
    return core.dropped();
  }

  /** Closes the port; calls in progress fail with {@code CLOSED}. Idempotent. */
  @Override
  public void close() {
    core.close();
  }
}
