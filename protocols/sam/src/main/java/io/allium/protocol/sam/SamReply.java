package io.allium.protocol.sam;

/**
 * What a server says. One record for each reply of SAM 3.3 and {@link OtherReply} for the rest; {@link #message} prints
 * back what {@link #parse} reads.
 */
public sealed interface SamReply
    permits DatagramReceived,
        DestReply,
        HelloReply,
        NamingReply,
        OtherReply,
        Ping,
        Pong,
        RawReceived,
        SessionStatus,
        StreamStatus {
  /**
   * The reply as a line.
   *
   * @return a message that {@link #of} reads as this
   */
  SamMessage message();

  /**
   * The bytes to send, with the line end. They may hold a private key: wipe them once sent.
   *
   * @return a new array
   * @throws IllegalArgumentException as {@link SamMessage#print}
   */
  default byte[] encode() {
    return message().encode();
  }

  /**
   * Parses a line.
   *
   * @param line the line, with or without its line end
   * @return the reply
   * @throws SamException.Violation if it lacks what is required or holds a value out
   *     of range; the message repeats no value
   */
  static SamReply parse(String line) throws SamException {
    return of(SamMessage.parse(line));
  }

  /**
   * Understands a message as a reply.
   *
   * @param message the line
   * @return the reply
   * @throws SamException as {@link #parse}
   */
  static SamReply of(SamMessage message) throws SamException {
    return switch (message.verb() + " " + message.action()) {
      case "STREAM STATUS" -> new StreamStatus(Fields.result(message), Fields.note(message));
      case "HELLO REPLY" -> HelloReply.of(message);
      case "SESSION STATUS" -> SessionStatus.of(message);
      case "NAMING REPLY" -> NamingReply.of(message);
      case "DEST REPLY" -> DestReply.of(message);
      case "DATAGRAM RECEIVED" -> DatagramReceived.of(message);
      case "RAW RECEIVED" -> RawReceived.of(message);
      case "PING " -> new Ping(message.text());
      case "PONG " -> new Pong(message.text());
      default -> new OtherReply(message);
    };
  }
}
