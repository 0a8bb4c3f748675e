package io.allium.protocol.sam.datagram;

import io.allium.ErrorKind;
import io.allium.I2pException;
import java.nio.ByteBuffer;

/** Puts the parts of a datagram together. */
final class Joiner {
  private Joiner() {}

  static byte[] join(byte[]... parts) throws I2pException {
    long length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    if (length > Cutter.MAX_DATAGRAM) {
      throw new I2pException(
          ErrorKind.MESSAGE_TOO_LARGE,
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
