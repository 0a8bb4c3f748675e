package io.allium.protocol.i2cp;

import java.nio.ByteBuffer;

/** A message of a router to its client. */
public sealed interface RouterMessage
    permits SetDate,
        SessionStatus,
        LeaseSetRequest,
        MessagePayload,
        MessageStatus,
        HostReply,
        BandwidthLimits,
        Disconnect,
        UnknownMessage {
  /**
   * Reads a message.
   *
   * @param type the number of its type
   * @param body exactly its bytes; those that are kept are copied
   * @return the message; one of a type that a client need not know is an {@link UnknownMessage}
   * @throws I2cpException if it breaks the specification
   */
  static RouterMessage read(int type, ByteBuffer body) throws I2cpException {
    return switch (type) {
      case SessionStatus.TYPE -> SessionStatus.read(new Body("SessionStatus", body));
      case MessageStatus.TYPE -> MessageStatus.read(new Body("MessageStatus", body));
      case BandwidthLimits.TYPE -> BandwidthLimits.read(new Body("BandwidthLimits", body));
      case Disconnect.TYPE -> Disconnect.read(new Body("Disconnect", body));
      case MessagePayload.TYPE -> MessagePayload.read(new Body("MessagePayload", body));
      case SetDate.TYPE -> SetDate.read(new Body("SetDate", body));
      case LeaseSetRequest.TYPE -> LeaseSetRequest.read(new Body("RequestVariableLeaseSet", body));
      case HostReply.TYPE -> HostReply.read(new Body("HostReply", body));
      default -> new UnknownMessage(type);
    };
  }
}
