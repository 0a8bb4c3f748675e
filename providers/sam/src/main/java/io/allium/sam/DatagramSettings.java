package io.allium.sam;

import io.allium.DatagramOptions;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.SendOptions;
import io.allium.protocol.sam.RawHeader;
import io.allium.protocol.sam.SamStyle;
import io.allium.protocol.sam.SamVersion;
import io.allium.protocol.sam.SendSettings;
import java.util.OptionalInt;

/**
 * What a version of SAM can say of a datagram. Only what differs from the session's own settings is said, for i2pd drops a
 * datagram with any.
 *
 * @param version what was agreed with the bridge
 * @param style what the session carries
 */
record DatagramSettings(SamVersion version, SamStyle style) {
  void check(DatagramOptions options) throws I2pException {
    requirePorts(options.localPort() != 0 || options.listenPort().orElse(0) != 0);
    int listened = options.listenProtocol().orElse(options.protocol());
    if (style == SamStyle.RAW && !version.hasPorts()) {
      requireProtocols(options.protocol());
      requireProtocols(listened == 0 ? RawHeader.DEFAULT_PROTOCOL : listened);
    }
  }

  SendSettings of(DatagramOptions port, SendOptions send) throws I2pException {
    int from = send.fromPort().orElse(port.localPort());
    int to = send.toPort().orElse(0);
    requirePorts(from != 0 || to != 0);
    boolean delivery = send.sendTags().isPresent()
        || send.tagThreshold().isPresent()
        || send.expires().isPresent()
        || send.sendLeaseSet().isPresent();
    if (delivery && !version.hasDatagramOptions()) {
      throw new I2pException(
          ErrorKind.UNSUPPORTED,
          "this router knows no tags, expiry or lease set of a single datagram: leave them out, or"
              + " use a router with SAM 3.3");
    }
    int protocol = protocol(port, send);
    return new SendSettings(
        unless(0, from),
        unless(0, to),
        unless(RawHeader.DEFAULT_PROTOCOL, protocol),
        send.sendTags(),
        send.tagThreshold(),
        send.expires().map(expiry -> OptionalInt.of(seconds(expiry))).orElse(OptionalInt.empty()),
        send.sendLeaseSet());
  }

  private int protocol(DatagramOptions port, SendOptions send) throws I2pException {
    if (style != SamStyle.RAW) {
      return RawHeader.DEFAULT_PROTOCOL;
    }
    int protocol = send.protocol().orElse(port.protocol());
    if (!version.hasPorts()) {
      requireProtocols(protocol);
    }
    return protocol;
  }

  private static int seconds(java.time.Duration expiry) {
    return (int) Math.clamp(expiry.toSeconds(), 1L, Integer.MAX_VALUE);
  }

  private static OptionalInt unless(int usual, int value) {
    return value == usual ? OptionalInt.empty() : OptionalInt.of(value);
  }

  private void requirePorts(boolean wanted) throws I2pException {
    if (wanted && !version.hasPorts()) {
      throw new I2pException(
          ErrorKind.UNSUPPORTED,
          "this router has no ports on datagrams: use port 0, or a router with SAM 3.2");
    }
  }

  private static void requireProtocols(int protocol) throws I2pException {
    if (protocol != RawHeader.DEFAULT_PROTOCOL) {
      throw new I2pException(
          ErrorKind.UNSUPPORTED,
          "this router has no protocol numbers on datagrams: leave it at "
              + RawHeader.DEFAULT_PROTOCOL + ", or use a router with SAM 3.2");
    }
  }
}
