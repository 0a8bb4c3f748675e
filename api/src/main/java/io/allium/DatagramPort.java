package io.allium;

import io.allium.spi.DatagramDriver;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Sends and receives datagrams of one format at one port of a session. Safe for use by several threads. */
public final class DatagramPort implements AutoCloseable {
  private final DatagramDriver driver;
  private final I2pSession session;

  DatagramPort(DatagramDriver driver, I2pSession session) {
    this.driver = driver;
    this.session = session;
  }

  /**
   * The largest payload of one datagram.
   *
   * @return a number of bytes
   */
  public int maxPayload() {
    return driver.maxPayload();
  }

  /**
   * Sends one datagram; returns when the router has it. Datagrams can get lost and arrive in any order.
   *
   * @param to the peer; a name is resolved first, which may take seconds
   * @param payload the content, at most {@link #maxPayload()} bytes
   * @param options ports and delivery; the address's port is used where they name none
   * @throws I2pException {@code MESSAGE_TOO_LARGE}: send less at a time; {@code NAME_NOT_FOUND}; {@code INTERRUPTED};
   *     {@code SESSION_LOST}; {@code CLOSED}
   */
  public void send(I2pAddress to, byte[] payload, SendOptions options) throws I2pException {
    if (payload.length > driver.maxPayload()) {
      throw new I2pException(
          ErrorKind.MESSAGE_TOO_LARGE,
          "a datagram of " + payload.length + " bytes is too large: at most " + driver.maxPayload()
              + " fit");
    }
    Destination peer = session.resolvePeer(to.name(), I2p.LOOKUP_TIMEOUT);
    SendOptions full = options.toPort().isPresent() ? options : options.withToPort(to.port());
    Calls.run(
        session.time(),
        I2p.LOOKUP_TIMEOUT,
        "send",
        call -> {
          driver.send(peer, ByteBuffer.wrap(payload), full);
          return peer;
        },
        ignored -> {});
  }

  /**
   * Waits for the next datagram.
   *
   * @param timeout how long at most, positive
   * @return the datagram
   * @throws I2pException {@code TIMEOUT} and {@code INTERRUPTED}, no datagram is lost by them; {@code SESSION_LOST};
   *     {@code CLOSED}
   */
  public I2pDatagram receive(Duration timeout) throws I2pException {
    return Calls.run(
        session.time(),
        Checks.positive(timeout, "timeout"),
        "receive",
        driver::receive,
        lateOne -> {});
  }

  /**
   * How many datagrams arrived here and were dropped, since nobody received them in time: at most 4,096 of them, and 4 MiB,
   * wait.
   *
   * @return never less than before
   */
  public long dropped() {
    return driver.dropped();
  }

  /** Closes the port; calls in progress fail with {@code CLOSED}. Idempotent. */
  @Override
  public void close() {
    session.forget(this);
    driver.close();
  }
}
