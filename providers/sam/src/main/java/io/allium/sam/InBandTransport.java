package io.allium.sam;

import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.protocol.sam.DatagramSend;
import io.allium.protocol.sam.SamStyle;
import io.allium.protocol.sam.SendSettings;
import io.allium.protocol.sam.SessionRouting;
import io.allium.spi.support.OrderedLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Datagrams on the control connection of their session (SAM v3, "DATAGRAM SEND, RAW SEND"). */
final class InBandTransport implements DatagramTransport {
  private final ControlWriter writer;
  private final DatagramLimits limits;
  private final OutgoingPacket packet;
  private final ReentrantLock sending = new OrderedLock(OrderedLock.Rank.PROVIDER_STREAM);
  private final @Nullable ReadReceipts receipts;
  private boolean unread;

  /**
   * On a connection of a session.
   *
   * @param receipts where the bridge must have read a datagram before the next one is written, else null
   */
  InBandTransport(
      ControlWriter writer,
      SamStyle style,
      DatagramLimits limits,
      @Nullable ReadReceipts receipts) {
    this.writer = writer;
    this.receipts = receipts;
    this.limits = limits;
    packet = new OutgoingPacket(
        limits.maxCommand(),
        true,
        (to, size, settings) -> new String(
            new DatagramSend(style, to.base64(), size, settings).encode(),
            StandardCharsets.US_ASCII));
  }

  @Override
  public SessionRouting routing() {
    return SessionRouting.DEFAULT;
  }

  @Override
  public int maxPayload() {
    return limits.maxInBandPayload();
  }

  /** Line and payload in one write: i2pd loses a payload that comes later. */
  @Override
  public void send(Destination to, ByteBuffer payload, SendSettings settings)
      throws I2pException, InterruptedException {
    sending.lockInterruptibly();
    try {
      ByteBuffer bytes = packet.of(to, payload, settings);
      awaitRead();
      unread = true;
      writer.write(bytes);
      awaitRead();
    } catch (I2pException e) {
      throw e;
    } catch (IOException e) {
      throw new I2pException(
          ErrorKind.SESSION_LOST, "the session's connection broke: " + e.getMessage(), e);
    } finally {
      sending.unlock();
    }
  }

  /** A sender that was interrupted leaves this to the next one. */
  private void awaitRead() throws IOException, InterruptedException {
    if (receipts != null && unread) {
      receipts.await(writer);
      unread = false;
    }
  }

  /** The connection is the session's own, which closes it. */
  @Override
  public void close() {
    if (receipts != null) {
      receipts.wake();
    }
  }
}
