package io.allium.protocol.sam;

/**
 * What a client says. One record for each command that is spoken here; {@link #message} prints back what {@link #parse} reads.
 */
public sealed interface SamCommand
    permits ControlWord,
        DatagramSend,
        DestGenerate,
        Hello,
        NamingLookup,
        Ping,
        Pong,
        SessionCreate,
        StreamAccept,
        StreamConnect {
  /**
   * The command as a line.
   *
   * @return a message that {@link #of} reads as this
   */
  SamMessage message();

  /**
   * The bytes to send, with the line end. They may hold a private key or password: wipe them once sent.
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
   * @return the command
   * @throws SamException.Violation if it is no command, lacks what is required or
   *     holds a value out of range; its message can be sent back, it repeats no value
   */
  static SamCommand parse(String line) throws SamException {
    return of(SamMessage.parse(line));
  }

  /**
   * Understands a message as a command.
   *
   * @param message the line
   * @return the command
   * @throws SamException as {@link #parse}
   */
  static SamCommand of(SamMessage message) throws SamException {
    return switch (message.verb() + " " + message.action()) {
      case "HELLO VERSION" -> Hello.of(message);
      case "SESSION CREATE" -> SessionCreate.of(message);
      case "STREAM CONNECT" -> StreamConnect.of(message);
      case "STREAM ACCEPT" ->
        new StreamAccept(Fields.id(message), Fields.isTrue(message, "SILENT"));
      case "DATAGRAM SEND", "RAW SEND" -> DatagramSend.of(message);
      case "NAMING LOOKUP" ->
        new NamingLookup(Fields.required(message, "NAME"), Fields.isTrue(message, "OPTIONS"));
      case "DEST GENERATE" -> new DestGenerate(Fields.text(message, "SIGNATURE_TYPE"));
      case "PING " -> new Ping(message.text());
      case "PONG " -> new Pong(message.text());
      default -> ControlWord.of(message);
    };
  }
}
