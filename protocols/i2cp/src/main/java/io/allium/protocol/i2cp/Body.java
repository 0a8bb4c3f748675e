package io.allium.protocol.i2cp;

import io.allium.protocol.structures.Lease2;
import io.allium.protocol.structures.StructureException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads the fields of one message, and never past its end. */
final class Body {
  private final String message;
  private final ByteBuffer bytes;

  Body(String message, ByteBuffer bytes) {
    this.message = message;
    this.bytes = bytes;
  }

  int u8() throws I2cpException {
    return Byte.toUnsignedInt(need(Byte.BYTES).get());
  }

  int u16() throws I2cpException {
    return Short.toUnsignedInt(need(Short.BYTES).getShort());
  }

  long u32() throws I2cpException {
    return Integer.toUnsignedLong(need(Integer.BYTES).getInt());
  }

  long date() throws I2cpException {
    return need(Long.BYTES).getLong();
  }

  byte[] take(int length) throws I2cpException {
    byte[] taken = new byte[length];
    need(length).get(taken);
    return taken;
  }

  /** Common structures, "String": a byte with its length, and UTF-8. */
  String string() throws I2cpException {
    return new String(take(u8()), StandardCharsets.UTF_8);
  }

  Lease2 lease() throws I2cpException {
    try {
      return Lease2.ofLease(bytes);
    } catch (StructureException e) {
      throw wrong(e.getMessage());
    }
  }

  byte[] rest() throws I2cpException {
    return take(bytes.remaining());
  }

  boolean hasMore() {
    return bytes.hasRemaining();
  }

  I2cpException wrong(String why) {
    return new I2cpException("the router's " + message + " is malformed: " + why);
  }

  private ByteBuffer need(int length) throws I2cpException {
    if (bytes.remaining() < length) {
      throw wrong("it is cut short");
    }
    return bytes;
  }
}
