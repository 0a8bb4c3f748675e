package io.allium.protocol.sam;

import java.util.OptionalInt;

/**
 * {@code STREAM CONNECT} (SAM v3, "SAM Virtual Streams: CONNECT").
 *
 * @param id the session
 * @param destination whom to reach: base 64, or a host name or b32 address where the router resolves them
 * @param silent whether the server sends no status: data, or the end of the connection, follow at once
 * @param fromPort our I2P port, from 3.2, default 0
 * @param toPort the peer's I2P port, from 3.2, default 0
 */
public record StreamConnect(
    String id, String destination, boolean silent, OptionalInt fromPort, OptionalInt toPort)
    implements SamCommand {
  /**
   * Checks identifier and ports.
   *
   * @throws IllegalArgumentException if the identifier is empty or holds white space, or a port is out of range
   */
  public StreamConnect {
    Fields.requireId(id);
    Fields.requireRange("FROM_PORT", fromPort, Fields.MAX_PORT);
    Fields.requireRange("TO_PORT", toPort, Fields.MAX_PORT);
  }

  static StreamConnect of(SamMessage message) throws SamException {
    return new StreamConnect(
        Fields.id(message),
        Fields.required(message, "DESTINATION"),
        Fields.isTrue(message, "SILENT"),
        Fields.port(message, "FROM_PORT"),
        Fields.port(message, "TO_PORT"));
  }

  @Override
  public SamMessage message() {
    return new Fields.Builder()
        .add("ID", id)
        .add("DESTINATION", destination)
        .addIfTrue("SILENT", silent)
        .add("FROM_PORT", fromPort)
        .add("TO_PORT", toPort)
        .message("STREAM", "CONNECT");
  }

  /** Redacted: see {@link SamMessage#toString}. */
  @Override
  public String toString() {
    return message().toString();
  }
}
