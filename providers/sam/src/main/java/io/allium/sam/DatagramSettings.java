package io.allium.sam;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Protocol;
import io.allium.SendOptions;
import io.allium.protocol.sam.RawHeader;
import io.allium.protocol.sam.SamStyle;
import io.allium.protocol.sam.SamVersion;
import io.allium.protocol.sam.SendSettings;
import io.allium.spi.SendRequest;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * What a version of SAM can say of a datagram. Only what differs from the session's own settings is said, for i2pd drops a
 * datagram with any.
 *
 * @param version what was agreed with the bridge
 * @param style what the session carries
 */
record DatagramSettings(SamVersion version, SamStyle style) {
  SendSettings of(SendRequest request) throws I2pException {
    if (request.protocol() != (style == SamStyle.RAW ? Protocol.RAW : Protocol.DATAGRAM)) {
      throw unsupported("this session carries " + style + ": open one with protocols("
          + request.protocol() + ") for these datagrams");
    }
    if (!version.hasPorts() && (request.fromPort() != 0 || request.toPort() != 0)) {
      throw unsupported(
          "this router has no ports on datagrams: use port 0, or a router with SAM 3.2");
    }
    SendOptions options = request.options();
    boolean delivery = options.sendTags().isPresent()
        || options.tagThreshold().isPresent()
        || options.expires().isPresent()
        || options.sendLeaseSet().isPresent();
    if (delivery && !version.hasDatagramOptions()) {
      throw unsupported(
          "this router knows no tags, expiry or lease set of a single datagram: leave them out, or"
              + " use a router with SAM 3.3");
    }
    return new SendSettings(
        unless(0, request.fromPort()),
        unless(0, request.toPort()),
        unless(RawHeader.DEFAULT_PROTOCOL, number(request)),
        options.sendTags(),
        options.tagThreshold(),
        options
            .expires()
            .map(expiry -> OptionalInt.of(seconds(expiry)))
            .orElse(OptionalInt.empty()),
        options.sendLeaseSet());
  }

  private int number(SendRequest request) throws I2pException {
    if (style != SamStyle.RAW) {
      return RawHeader.DEFAULT_PROTOCOL;
    }
    if (!version.hasPorts() && request.number() != RawHeader.DEFAULT_PROTOCOL) {
      throw unsupported("this router has no protocol numbers on datagrams: leave it at "
          + RawHeader.DEFAULT_PROTOCOL + ", or use a router with SAM 3.2");
    }
    return request.number();
  }

  private static int seconds(Duration expiry) {
    return (int) Math.clamp(expiry.toSeconds(), 1L, Integer.MAX_VALUE);
  }

  private static OptionalInt unless(int usual, int value) {
    return value == usual ? OptionalInt.empty() : OptionalInt.of(value);
  }

  private static I2pException unsupported(String why) {
    return new I2pException(ErrorKind.UNSUPPORTED, why);
  }
}
