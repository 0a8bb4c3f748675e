package io.allium.protocol.structures;

import java.nio.ByteBuffer;

/** Puts the parts of a datagram together. */
final class Joiner {
  private Joiner() {}

  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(buffer.position(), bytes);
    return bytes;
  }

  static byte[] join(byte[]... parts) throws StructureException {
    long length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    if (length > Cutter.MAX_DATAGRAM) {
      throw new StructureException(
          StructureException.Reason.TOO_LARGE,
          "a datagram of " + length + " bytes is too large: at most " + Cutter.MAX_DATAGRAM
              + " fit, with sender and signature");
    }
    ByteBuffer joined = ByteBuffer.allocate((int) length);
    for (byte[] part : parts) {
      joined.put(part);
    }
    return joined.array();
  }
}
