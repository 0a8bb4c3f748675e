package io.allium.protocol.structures;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * What one destination sends another in one message of I2CP: bytes with a protocol and two ports. It travels as a gzip file
 * (RFC 1952) whose header has the ports instead of a time and the protocol instead of an operating system.
 *
 * @param protocol the number of the protocol, 0 to 255: 6 for streams, 17 to 20 for datagrams
 * @param fromPort the sender's port, 0 to 65535
 * @param toPort the receiver's port, 0 to 65535
 * @param content the bytes
 * @see <a href="https://geti2p.net/spec/i2cp#struct-payload">I2CP, Payload</a>
 */
public record I2cpPayload(int protocol, int fromPort, int toPort, ByteBuffer content) {
  /** By how much a content grows that is not compressed. */
  private static final int OVERHEAD = 23;

  /** The most bytes of content: Java I2P takes no message above 64 KiB (I2CP, "Payload": "about 64 KB"). */
  public static final int MAX_CONTENT = 65_536 - OVERHEAD;

  /** RFC 1952, section 2.3.1: the magic number, and deflate as the method; then no flags. */
  private static final int MAGIC = 0x1f8b0800;

  private static final int HEADER = 10;
  private static final int TRAILER = 8;

  /** What makes the file look like one of Java I2P: the slowest compression (RFC 1952, XFL). */
  private static final byte SLOWEST = 2;

  /** RFC 1951, section 3.2.3 and 3.2.4: one bit of "last", two of "stored", the rest of the byte unused. */
  private static final byte LAST_STORED = 1;

  private static final int BLOCK_TYPE = 0x07;
  private static final int BLOCK_HEADER = 5;

  /** An empty block that is compressed. */
  private static final int MIN_LENGTH = HEADER + 2 + TRAILER;

  /** Java I2P inflates no more. */
  private static final int MAX_DEFLATED = 40 * 1024;

  private static final int MAX_PORT = 0xffff;
  private static final int MAX_PROTOCOL = 0xff;

  /**
   * The content.
   *
   * @return a view with a position of its own
   */
  @Override
  public ByteBuffer content() {
    return content.duplicate();
  }

  /**
   * Makes the bytes of a message, without compression.
   *
   * @param protocol the number of the protocol, 0 to 255
   * @param fromPort our port, 0 to 65535
   * @param toPort the receiver's port, 0 to 65535
   * @param content what remains of it; its position stays
   * @return the bytes, 23 more than the content has
   * @throws StructureException with {@link StructureException.Reason#TOO_LARGE} if the content has more than
   *     {@link #MAX_CONTENT} bytes: send less at a time
   * @throws IllegalArgumentException if a number is out of its range
   */
  public static ByteBuffer wrap(int protocol, int fromPort, int toPort, ByteBuffer content)
      throws StructureException {
    return wrap(protocol, fromPort, toPort, content, Deflating.NEVER);
  }

  /**
   * Makes the bytes of a message.
   *
   * @param protocol the number of the protocol, 0 to 255
   * @param fromPort our port, 0 to 65535
   * @param toPort the receiver's port, 0 to 65535
   * @param content what remains of it; its position stays
   * @param deflating whether it is compressed
   * @return the bytes, at most 23 more than the content has
   * @throws StructureException with {@link StructureException.Reason#TOO_LARGE} if the content has more than
   *     {@link #MAX_CONTENT} bytes: send less at a time
   * @throws IllegalArgumentException if a number is out of its range
   */
  public static ByteBuffer wrap(
      int protocol, int fromPort, int toPort, ByteBuffer content, Deflating deflating)
      throws StructureException {
    check(protocol, fromPort, toPort);
    int length = content.remaining();
    if (length > MAX_CONTENT) {
      throw new StructureException(
          StructureException.Reason.TOO_LARGE,
          "a message of " + length + " bytes is too large: at most " + MAX_CONTENT + " fit");
    }
    ByteBuffer out = ByteBuffer.allocate(length + OVERHEAD);
    out.putInt(MAGIC)
        .putShort((short) fromPort)
        .putShort((short) toPort)
        .put(SLOWEST)
        .put((byte) protocol)
        .order(ByteOrder.LITTLE_ENDIAN);
    boolean deflated = deflating == Deflating.IF_SMALLER
        && length <= MAX_DEFLATED
        && Deflate.deflate(content.duplicate(), out.limit(out.capacity() - TRAILER - 1));
    out.limit(out.capacity());
    if (!deflated) {
      out.put(LAST_STORED).putShort((short) length).putShort((short) ~length);
      out.put(out.position(), content, content.position(), length);
      out.position(out.position() + length);
    }
    return out.putInt(checksum(content.duplicate())).putInt(length).flip();
  }

  /**
   * Reads the bytes of a message, compressed or not.
   *
   * @param message all of it: what remains; its position stays. What is returned may share its bytes
   * @return the protocol, the ports and the content
   * @throws StructureException if it is malformed, does not match its checksum, or has more than {@link #MAX_CONTENT}
   *     bytes of content: drop it
   */
  public static I2cpPayload unwrap(ByteBuffer message) throws StructureException {
    ByteBuffer in = message.slice();
    if (in.remaining() < MIN_LENGTH) {
      throw dropped("it is cut short");
    }
    if (in.getInt(0) != MAGIC) {
      throw dropped("it is no gzip file, or one with fields that no router sets");
    }
    int fromPort = Short.toUnsignedInt(in.getShort(4));
    int toPort = Short.toUnsignedInt(in.getShort(6));
    int protocol = Byte.toUnsignedInt(in.get(9));
    in.order(ByteOrder.LITTLE_ENDIAN);
    int end = in.limit() - TRAILER;
    int length = in.getInt(end + Integer.BYTES);
    if (length < 0 || length > MAX_CONTENT) {
      throw dropped("it says to be larger than I2P carries");
    }
    int checksum = in.getInt(end);
    ByteBuffer block = in.slice(HEADER, end - HEADER).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer content = (block.get(0) & BLOCK_TYPE) == LAST_STORED
        ? stored(block, length)
        : Deflate.inflate(block, length)
            .orElseThrow(() -> dropped("it does not inflate to the size that it says"));
    if (checksum(content.duplicate()) != checksum) {
      throw dropped("it does not match its checksum");
    }
    return new I2cpPayload(protocol, fromPort, toPort, content);
  }

  private static void check(int protocol, int fromPort, int toPort) {
    if (protocol < 0 || protocol > MAX_PROTOCOL) {
      throw new IllegalArgumentException("there is no protocol " + protocol);
    }
    if (fromPort < 0 || fromPort > MAX_PORT || toPort < 0 || toPort > MAX_PORT) {
      throw new IllegalArgumentException("a port is 0 to " + MAX_PORT);
    }
  }

  /** The content where it lies. */
  private static ByteBuffer stored(ByteBuffer block, int length) throws StructureException {
    if (block.remaining() != BLOCK_HEADER + length
        || Short.toUnsignedInt(block.getShort(1)) != length
        || block.getShort(3) != (short) ~length) {
      throw dropped("it is not as long as it says");
    }
    return block.slice(BLOCK_HEADER, length);
  }

  private static int checksum(ByteBuffer content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return (int) crc.getValue();
  }

  private static StructureException dropped(String why) {
    return StructureException.of("This message is dropped", why);
  }

  /** Protocol, ports and length. */
  @Override
  public String toString() {
    return "I2cpPayload[protocol " + protocol + ", port " + fromPort + " to " + toPort + ", "
        + content.remaining() + " bytes]";
  }
}
