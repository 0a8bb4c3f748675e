package io.allium.protocol.structures;

import java.nio.ByteBuffer;

/** Puts the parts of a structure together. */
final class Joiner {
  private Joiner() {}

  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(buffer.position(), bytes);
    return bytes;
  }

  static byte[] join(byte[]... parts) throws StructureException {
    return join("a datagram", parts);
  }

  /**
   * Joins parts.
   *
   * @param what they become, in an error's text
   * @param parts in their order
   * @throws StructureException with {@link StructureException.Reason#TOO_LARGE}
   */
  static byte[] join(String what, byte[]... parts) throws StructureException {
    long length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    if (length > Cutter.MAX_LENGTH) {
      throw new StructureException(
          StructureException.Reason.TOO_LARGE,
          what + " of " + length + " bytes is too large: at most " + Cutter.MAX_LENGTH
              + " fit, all included");
    }
    ByteBuffer joined = ByteBuffer.allocate((int) length);
    for (byte[] part : parts) {
      joined.put(part);
    }
    return joined.array();
  }
}
