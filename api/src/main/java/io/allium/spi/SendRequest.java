package io.allium.spi;

import io.allium.Destination;
import io.allium.Protocol;
import io.allium.SendOptions;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * One datagram to send.
 *
 * @param protocol its kind, never {@code STREAM}
 * @param number its I2CP protocol number; that of the kind, except for raw datagrams
 * @param to the peer
 * @param fromPort our I2P port, 0–65535
 * @param toPort the peer's I2P port, 0–65535
 * @param payload as the program gave it: the driver wraps and signs it; its position stays
 * @param options tags, expiry and lease set; its ports and number are those above
 */
public record SendRequest(
    Protocol protocol,
    int number,
    Destination to,
    int fromPort,
    int toPort,
    ByteBuffer payload,
    SendOptions options) {
  /** Refuses null. */
  public SendRequest {
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(payload, "payload");
    Objects.requireNonNull(options, "options");
  }
}
