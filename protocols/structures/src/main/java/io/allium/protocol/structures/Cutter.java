package io.allium.protocol.structures;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Cuts a datagram into its parts, from the front and from the end. */
final class Cutter {
  /** I2NP carries no larger message (datagram specification, "Datagram Size"). */
  static final int MAX_DATAGRAM = 65_536;

  private final byte[] data;
  private int at;
  private int end;

  Cutter(byte[] data) throws StructureException {
    if (data.length > MAX_DATAGRAM) {
      throw StructureException.ofDatagram("it is larger than I2P carries");
    }
    this.data = data;
    end = data.length;
  }

  int at() {
    return at;
  }

  int remaining() {
    return end - at;
  }

  byte[] take(int length) throws StructureException {
    require(length);
    at += length;
    return Arrays.copyOfRange(data, at - length, at);
  }

  byte[] takeLast(int length) throws StructureException {
    require(length);
    end -= length;
    return Arrays.copyOfRange(data, end, end + length);
  }

  /** What is left, where it lies. */
  ByteBuffer rest() {
    return ByteBuffer.wrap(data, at, remaining()).slice();
  }

  int unsignedByte() throws StructureException {
    return take(1)[0] & 0xff;
  }

  int unsignedShort() throws StructureException {
    return unsignedByte() << 8 | unsignedByte();
  }

  /** From a position before to the present end. */
  byte[] since(int start) {
    return Arrays.copyOfRange(data, start, end);
  }

  Sender sender() throws StructureException {
    byte[] front = Arrays.copyOfRange(data, at, Math.min(data.length, at + KeysAndCert.MAX_LENGTH));
    return Sender.of(take(Sender.layout(front).length()));
  }

  private void require(int length) throws StructureException {
    if (length > remaining()) {
      throw StructureException.ofDatagram("it is cut short");
    }
  }
}
