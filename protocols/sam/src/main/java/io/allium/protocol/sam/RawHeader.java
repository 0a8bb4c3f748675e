package io.allium.protocol.sam;

import java.util.OptionalInt;

/**
 * The first line of a forwarded raw datagram if HEADER=true was asked for: {@code FROM_PORT=n TO_PORT=n PROTOCOL=n}
 * (SAM v3, "SAM Anonymous (Raw) Datagrams").
 *
 * @param fromPort the sender's I2P port, 0 to 65535
 * @param toPort our I2P port, 0 to 65535
 * @param protocol the I2P protocol, 0 to 255
 */
public record RawHeader(int fromPort, int toPort, int protocol) {
  /** The protocol of raw datagrams unless another is chosen ("I2CP Ports and Protocol"). */
  public static final int DEFAULT_PROTOCOL = 18;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is out of range
   */
  public RawHeader {
    Fields.requireRange("FROM_PORT", OptionalInt.of(fromPort), Fields.MAX_PORT);
    Fields.requireRange("TO_PORT", OptionalInt.of(toPort), Fields.MAX_PORT);
    Fields.requireRange("PROTOCOL", OptionalInt.of(protocol), SessionRouting.MAX_PROTOCOL);
  }

  /**
   * Parses the line.
   *
   * @param line the line, with or without its line end
   * @return what it says, with the defaults 0, 0 and 18 for what is absent
   * @throws SamException.Violation if a number is out of range or the line has
   *     words before its options
   */
  public static RawHeader parse(String line) throws SamException {
    SamMessage message = SamMessage.parse(line);
    if (!message.verb().isEmpty()) {
      throw new SamException.Violation("The header of a raw datagram has other words in it");
    }
    return new RawHeader(
        Fields.port(message, "FROM_PORT").orElse(0),
        Fields.port(message, "TO_PORT").orElse(0),
        Fields.number(message, "PROTOCOL", SessionRouting.MAX_PROTOCOL).orElse(DEFAULT_PROTOCOL));
  }
}
