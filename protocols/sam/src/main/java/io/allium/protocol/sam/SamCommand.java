package io.allium.protocol.sam;

import io.allium.ErrorKind;
import io.allium.I2pException;

/**
 * What a client says. One record for each command of SAM 3.3; {@link #message} prints back what {@link #parse} reads.
 */
public sealed interface SamCommand
    permits Auth,
        ControlWord,
        DatagramSend,
        DestGenerate,
        Hello,
        NamingLookup,
        Ping,
        Pong,
        SessionAdd,
        SessionCreate,
        SessionRemove,
        StreamAccept,
        StreamConnect,
        StreamForward {
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
   * @throws I2pException of kind {@link ErrorKind#PROTOCOL_VIOLATION} if it is no command, lacks what is required or
   *     holds a value out of range; its message can be sent back, it repeats no value
   */
  static SamCommand parse(String line) throws I2pException {
    return of(SamMessage.parse(line));
  }

  /**
   * Understands a message as a command.
   *
   * @param message the line
   * @return the command
   * @throws I2pException as {@link #parse}
   */
  static SamCommand of(SamMessage message) throws I2pException {
    return switch (message.verb() + " " + message.action()) {
      case "HELLO VERSION" -> Hello.of(message);
      case "SESSION CREATE" -> SessionCreate.of(message);
      case "SESSION ADD" -> SessionAdd.of(message);
      case "SESSION REMOVE" -> new SessionRemove(Fields.id(message));
      case "STREAM CONNECT" -> StreamConnect.of(message);
      case "STREAM ACCEPT" ->
        new StreamAccept(Fields.id(message), Fields.isTrue(message, "SILENT"));
      case "STREAM FORWARD" -> StreamForward.of(message);
      case "DATAGRAM SEND", "RAW SEND" -> DatagramSend.of(message);
      case "NAMING LOOKUP" ->
        new NamingLookup(Fields.required(message, "NAME"), Fields.isTrue(message, "OPTIONS"));
      case "DEST GENERATE" -> new DestGenerate(Fields.text(message, "SIGNATURE_TYPE"));
      case "AUTH ENABLE", "AUTH DISABLE", "AUTH ADD", "AUTH REMOVE" -> Auth.of(message);
      case "PING " -> new Ping(message.text());
      case "PONG " -> new Pong(message.text());
      default -> ControlWord.of(message);
    };
  }
}
