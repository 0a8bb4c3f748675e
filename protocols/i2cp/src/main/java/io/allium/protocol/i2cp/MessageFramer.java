package io.allium.protocol.i2cp;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Cuts what comes from a router into messages (I2CP, "I2CP Message Header"). Not safe for use by several threads.
 *
 * <pre>{@code
 * while (read(bytes) >= 0) {
 *   framer.feed(bytes);
 *   for (var next = framer.next(); next.isPresent(); next = framer.next()) …
 * }
 * }</pre>
 */
public final class MessageFramer {
  /**
   * The largest body. A payload is at most 64 KiB (I2CP, "I2CP Message Header"), with its wrapping a little more; what
   * claims more does not speak I2CP.
   */
  public static final int MAX_BODY = 66_000;

  private static final int HEADER = Integer.BYTES + Byte.BYTES;

  /** Enough for most connections, which carry small messages. */
  private static final int SMALL = 8 * 1024;

  /** In the state in which it is read from. */
  private ByteBuffer buffer = ByteBuffer.allocate(SMALL).flip();

  /** An empty one. */
  public MessageFramer() {}

  /**
   * Takes bytes of the connection. To be called once every message that is there was taken.
   *
   * @param from the bytes; all of them are taken
   */
  public void feed(ByteBuffer from) {
    int needed = buffer.remaining() + from.remaining();
    if (needed > buffer.capacity()) {
      buffer = ByteBuffer.allocate(Math.max(needed, SMALL)).put(buffer);
    } else {
      buffer.compact();
    }
    buffer.put(from).flip();
  }

  /**
   * Takes the next message that is there whole.
   *
   * @return empty if more bytes are needed first
   * @throws I2cpException if these bytes are not I2CP
   */
  public Optional<RouterMessage> next() throws I2cpException {
    if (buffer.remaining() < HEADER) {
      return Optional.empty();
    }
    long length = Integer.toUnsignedLong(buffer.getInt(buffer.position()));
    if (length > MAX_BODY) {
      throw new I2cpException("what answers sends a message of " + length
          + " bytes: check that this is the port of a router's I2CP");
    }
    if (buffer.remaining() < HEADER + length) {
      return Optional.empty();
    }
    int type = Byte.toUnsignedInt(buffer.get(buffer.position() + Integer.BYTES));
    ByteBuffer body = buffer.slice(buffer.position() + HEADER, (int) length);
    buffer.position(buffer.position() + HEADER + (int) length);
    return Optional.of(RouterMessage.read(type, body));
  }
}
