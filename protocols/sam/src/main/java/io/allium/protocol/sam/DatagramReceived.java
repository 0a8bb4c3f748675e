package io.allium.protocol.sam;

import java.util.OptionalInt;

/**
 * {@code DATAGRAM RECEIVED}: a repliable datagram in band, whose {@code size} bytes follow the line (SAM v3, "SAM
 * Repliable Datagrams: Receiving a Datagram").
 *
 * @param destination who sent it, in base 64; the 44 characters of a hash for Datagram3
 * @param size bytes that follow, 0 to {@link LineFramer#MAX_BODY}
 * @param fromPort the sender's I2P port, from 3.2
 * @param toPort our I2P port, from 3.2
 */
public record DatagramReceived(
    String destination, int size, OptionalInt fromPort, OptionalInt toPort) implements SamReply {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the size or a port is out of range
   */
  public DatagramReceived {
    Fields.requireRange("SIZE", OptionalInt.of(size), LineFramer.MAX_BODY);
    Fields.requireRange("FROM_PORT", fromPort, Fields.MAX_PORT);
    Fields.requireRange("TO_PORT", toPort, Fields.MAX_PORT);
  }

  static DatagramReceived of(SamMessage message) throws SamException {
    return new DatagramReceived(
        Fields.required(message, "DESTINATION"),
        Fields.size(message),
        Fields.port(message, "FROM_PORT"),
        Fields.port(message, "TO_PORT"));
  }

  @Override
  public SamMessage message() {
    return new Fields.Builder()
        .add("DESTINATION", destination)
        .add("SIZE", Integer.toString(size))
        .add("FROM_PORT", fromPort)
        .add("TO_PORT", toPort)
        .message("DATAGRAM", "RECEIVED");
  }

  /** Redacted: see {@link SamMessage#toString}. */
  @Override
  public String toString() {
    return message().toString();
  }
}
