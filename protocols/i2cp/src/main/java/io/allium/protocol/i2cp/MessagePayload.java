package io.allium.protocol.i2cp;

import java.nio.ByteBuffer;

/**
 * What came for a destination (I2CP, "MessagePayloadMessage").
 *
 * @param session whose
 * @param payload as the sender wrapped it
 */
public record MessagePayload(int session, ByteBuffer payload) implements RouterMessage {
  static final int TYPE = 31;

  static MessagePayload read(Body body) throws I2cpException {
    int session = body.u16();
    body.u32(); // the router's number of the message, of no use when it comes at once
    long length = body.u32();
    byte[] payload = body.rest();
    if (length != payload.length) {
      throw body.wrong("its payload has another length than it says");
    }
    return new MessagePayload(session, ByteBuffer.wrap(payload));
  }
}
