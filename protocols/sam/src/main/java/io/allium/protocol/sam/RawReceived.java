package io.allium.protocol.sam;

import java.util.OptionalInt;

/**
 * {@code RAW RECEIVED}: a raw datagram in band, whose {@code size} bytes follow the line (SAM v3, "SAM Anonymous (Raw)
 * Datagrams").
 *
 * @param size bytes that follow, 0 to {@link LineFramer#MAX_BODY}
 * @param fromPort the sender's I2P port, from 3.2
 * @param toPort our I2P port, from 3.2
 * @param protocol the I2P protocol, from 3.2
 */
public record RawReceived(int size, OptionalInt fromPort, OptionalInt toPort, OptionalInt protocol)
    implements SamReply {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the size, a port or the protocol is out of range
   */
  public RawReceived {
    Fields.requireRange("SIZE", OptionalInt.of(size), LineFramer.MAX_BODY);
    Fields.requireRange("FROM_PORT", fromPort, Fields.MAX_PORT);
    Fields.requireRange("TO_PORT", toPort, Fields.MAX_PORT);
    Fields.requireRange("PROTOCOL", protocol, SessionRouting.MAX_PROTOCOL);
  }

  static RawReceived of(SamMessage message) throws SamException {
    return new RawReceived(
        Fields.size(message),
        Fields.port(message, "FROM_PORT"),
        Fields.port(message, "TO_PORT"),
        Fields.number(message, "PROTOCOL", SessionRouting.MAX_PROTOCOL));
  }

  @Override
  public SamMessage message() {
    return new Fields.Builder()
        .add("SIZE", Integer.toString(size))
        .add("FROM_PORT", fromPort)
        .add("TO_PORT", toPort)
        .add("PROTOCOL", protocol)
        .message("RAW", "RECEIVED");
  }

  /** Redacted: see {@link SamMessage#toString}. */
  @Override
  public String toString() {
    return message().toString();
  }
}
