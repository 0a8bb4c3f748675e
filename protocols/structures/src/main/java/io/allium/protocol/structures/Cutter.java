package io.allium.protocol.structures;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Cuts a structure into its parts, from the front and from the end. */
final class Cutter {
  /** Neither I2NP nor I2CP carries a larger message (datagram specification, "Datagram Size"; I2CP, "Payload"). */
  static final int MAX_LENGTH = 65_536;

  private final byte[] data;
  private final String refusal;
  private int at;
  private int end;

  Cutter(byte[] data) throws StructureException {
    this(data, StructureException.DATAGRAM);
  }

  /**
   * Begins at the front.
   *
   * @param data the whole of it, perhaps with more behind it
   * @param refusal what happens to bytes that break a rule: the beginning of an error's text
   * @throws StructureException if there is more than I2P carries
   */
  Cutter(byte[] data, String refusal) throws StructureException {
    this.data = data;
    this.refusal = refusal;
    if (data.length > MAX_LENGTH) {
      throw refused("it is larger than I2P carries");
    }
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

  /** A part of its own, whose errors say the same of the whole. */
  Cutter part(int length) throws StructureException {
    return new Cutter(take(length), refusal);
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

  long unsignedInt() throws StructureException {
    return Integer.toUnsignedLong(ByteBuffer.wrap(take(Integer.BYTES)).getInt());
  }

  /** Milliseconds since 1970. */
  long date() throws StructureException {
    return ByteBuffer.wrap(take(Long.BYTES)).getLong();
  }

  /** From a position before to the present end. */
  byte[] since(int start) {
    return Arrays.copyOfRange(data, start, end);
  }

  Sender sender() throws StructureException {
    byte[] front = Arrays.copyOfRange(data, at, Math.min(end, at + KeysAndCert.MAX_LENGTH));
    return Sender.of(take(Sender.layout(front, refusal).length()), refusal);
  }

  StructureException refused(String why) {
    return StructureException.of(refusal, why);
  }

  private void require(int length) throws StructureException {
    if (length > remaining()) {
      throw refused("it is cut short");
    }
  }
}
