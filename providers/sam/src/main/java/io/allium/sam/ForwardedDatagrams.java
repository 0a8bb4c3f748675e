package io.allium.sam;

import io.allium.Destination;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.Protocol;
import io.allium.protocol.sam.RawHeader;
import io.allium.protocol.sam.SamException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the packets that a bridge forwards (SAM v3, "Forwarding Raw or Repliable Datagrams"), without I/O. What is no
 * datagram is discarded. For one thread.
 */
final class ForwardedDatagrams {
  /** The longest destination that is read has 5980 characters; the rest is for ports and what else may be added. */
  static final int MAX_HEADER = 6144;

  private static final RawHeader NO_PORTS = new RawHeader(0, 0, RawHeader.DEFAULT_PROTOCOL);
  private static final byte[] NOTHING = {};
  private static final byte[] HEADER = "FROM_PORT=".getBytes(StandardCharsets.US_ASCII);

  /** How the packets of a session look. */
  enum Layout {
    /** A line with the sender and, from SAM 3.2, ports. */
    REPLIABLE,
    /** Payload alone. */
    BARE,
    /** A line with ports and protocol, from SAM 3.2; i2pd, which says 3.3 since 2.58, leaves it out. */
    WITH_HEADER
  }

  private final Layout layout;
  private final ArrivedDatagrams arrived;
  private final KnownSenders senders = new KnownSenders();
  private byte[] optionsText = NOTHING;
  private RawHeader options = NO_PORTS;

  ForwardedDatagrams(Layout layout, ArrivedDatagrams arrived) {
    this.layout = layout;
    this.arrived = arrived;
  }

  /** Delivers the datagram of a packet, which may be overwritten afterwards. {@link #batchEnd()} must follow. */
  void take(byte[] packet, int length) {
    if (layout == Layout.BARE || layout == Layout.WITH_HEADER && isBare(packet, length)) {
      arrived.deliver(raw(NO_PORTS, packet, 0, length), length, 0);
      return;
    }
    int sender = layout == Layout.REPLIABLE ? senders.lastAt(packet, length) : 0;
    int newline = indexOf('\n', packet, sender, Math.min(length, MAX_HEADER));
    if (newline < 0) {
      arrived.drop();
      return;
    }
    int start = newline + 1;
    try {
      if (layout == Layout.REPLIABLE) {
        I2pDatagram datagram = repliable(packet, sender, start, length);
        arrived.deliver(datagram, length - start, senders.decoded());
      } else {
        arrived.deliver(raw(options(packet, 0, newline), packet, start, length), length - start, 0);
      }
    } catch (I2pException | SamException malformed) {
      arrived.drop();
    }
  }

  /**
   * A bridge that writes the header writes it each time, so no peer can take its place. Where a bridge writes none, a peer can:
   * what it wins is ports of its choice, for its own datagrams.
   */
  private static boolean isBare(byte[] packet, int length) {
    return length > 0
        && !Arrays.equals(packet, 0, Math.min(length, HEADER.length), HEADER, 0, HEADER.length);
  }

  /** Of what was taken. */
  void batchEnd() {
    arrived.batchEnd();
  }

  private I2pDatagram repliable(byte[] packet, int sender, int start, int length)
      throws I2pException, SamException {
    int end = start - 1;
    if (end > 0 && packet[end - 1] == '\r') {
      end--;
    }
    int blank = indexOf(' ', packet, sender, end);
    Destination from = senders.of(packet, 0, blank < 0 ? end : blank);
    RawHeader told = blank < 0 ? NO_PORTS : options(packet, blank, end);
    return new I2pDatagram.Authenticated(
        from,
        Arrays.copyOfRange(packet, start, length),
        told.fromPort(),
        told.toPort(),
        Protocol.DATAGRAM.number());
  }

  private static I2pDatagram raw(RawHeader header, byte[] packet, int from, int to) {
    return new I2pDatagram.Raw(
        Arrays.copyOfRange(packet, from, to),
        header.fromPort(),
        header.toPort(),
        header.protocol());
  }

  private static int indexOf(char wanted, byte[] packet, int from, int to) {
    for (int i = from; i < to; i++) {
      if (packet[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** Ports are nearly always those of the packet before. */
  private RawHeader options(byte[] packet, int from, int to) throws SamException {
    if (!Arrays.equals(optionsText, 0, optionsText.length, packet, from, to)) {
      options = RawHeader.parse(new String(packet, from, to - from, StandardCharsets.ISO_8859_1));
      optionsText = Arrays.copyOfRange(packet, from, to);
    }
    return options;
  }
}
