package io.allium.protocol.sam;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts lines, and the bodies of in-band datagrams, out of bytes that arrive in any segmentation.
 *
 * <p>It takes from the caller's buffer up to and including the line end, never a byte more. What is left in the buffer
 * after the last line of a conversation <em>is</em> the first data of the stream: there is nothing to hand back, so it
 * can be neither lost nor delivered twice. A line that lies whole in the buffer is decoded where it lies.
 *
 * <p>Not for concurrent use. After an exception the framer refuses all further bytes.
 */
public final class LineFramer {
  /**
   * Longest line in bytes, its newline not counted. The longest that the specification permits is SESSION CREATE with
   * an offline-signed private key of the largest signature type proposed for I2P, ML-DSA-87: destination, private
   * keys and offline signature are about 20 kB, 27 kB in base 64; an I2CP options mapping is at most 64 kB of which
   * nobody uses 4 kB. A NAMING REPLY with options carries a lease set's, at most about 32 kB. So 64 KiB refuses no
   * line that works anywhere, and one connection cannot make us hold more.
   */
  public static final int MAX_LINE = 65_536;

  /** Longest body in bytes: "I2P Datagrams will never be larger than 65536" (SAM v3, "V3 Datagram MTU"). */
  public static final int MAX_BODY = 65_536;

  private static final int FIRST_CARRY = 1024;
  private static final byte[] NONE = {};

  private byte[] carry = NONE;
  private int carried;
  private boolean poisoned;

  /** A framer that has taken nothing yet. */
  public LineFramer() {}

  /**
   * Takes the next line. If none is complete, takes all bytes and keeps them: call again with the bytes that follow.
   *
   * @param in bytes as they arrived; its position moves behind the line, or to its limit
   * @return the line without its line end (LF or CRLF), or nothing yet
   * @throws SamException.Violation if the line is longer than allowed, which is
   *     found out without keeping more, or is not UTF-8: close the connection
   */
  public Optional<String> line(ByteBuffer in) throws SamException {
    requireSound();
    int newline = indexOfNewline(in);
    int length = (newline < 0 ? in.limit() : newline) - in.position();
    if (length > MAX_LINE - carried) {
      throw poison("A line is longer than " + MAX_LINE + " bytes: this is not SAM");
    }
    if (newline < 0) {
      keep(in, length);
      return Optional.empty();
    }
    String line;
    if (carried == 0) {
      line = decodeInPlace(in, length);
      in.position(newline + 1);
    } else {
      keep(in, length);
      line = decode(carry, 0, carried);
      in.get();
      forget();
    }
    return Optional.of(line);
  }

  /**
   * Takes the body that follows a line with SIZE (SAM v3, DATAGRAM RECEIVED, RAW RECEIVED, DATAGRAM SEND, RAW SEND).
   * Call with the same size until it is complete, and not within a line.
   *
   * @param in bytes as they arrived; its position moves behind the body, or to its limit
   * @param size size of the body in bytes
   * @return the body, or nothing yet
   * @throws SamException.Violation if size is negative or above {@link #MAX_BODY}:
   *     close the connection, where the next line starts is unknown
   */
  public Optional<byte[]> take(ByteBuffer in, int size) throws SamException {
    requireSound();
    if (size < 0 || size > MAX_BODY || size < carried) {
      throw poison("A datagram of a size that cannot be: 0 to " + MAX_BODY + " bytes are possible");
    }
    keep(in, Math.min(size - carried, in.remaining()));
    if (carried < size) {
      return Optional.empty();
    }
    byte[] body = Arrays.copyOf(carry, size);
    forget();
    return Optional.of(body);
  }

  private static int indexOfNewline(ByteBuffer in) {
    int limit = in.limit();
    if (in.hasArray()) {
      byte[] array = in.array();
      int offset = in.arrayOffset();
      for (int i = in.position(); i < limit; i++) {
        if (array[offset + i] == '\n') {
          return i;
        }
      }
      return -1;
    }
    for (int i = in.position(); i < limit; i++) {
      if (in.get(i) == '\n') {
        return i;
      }
    }
    return -1;
  }

  private String decodeInPlace(ByteBuffer in, int length) throws SamException {
    if (in.hasArray()) {
      return decode(in.array(), in.arrayOffset() + in.position(), length);
    }
    byte[] bytes = new byte[length];
    in.get(in.position(), bytes);
    return decode(bytes, 0, length);
  }

  private String decode(byte[] bytes, int offset, int length) throws SamException {
    int end = length > 0 && bytes[offset + length - 1] == '\r' ? length - 1 : length;
    String text = new String(bytes, offset, end, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') >= 0) {
      // The constructor puts U+FFFD for malformed input, but the input may also hold U+FFFD itself.
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, end));
      } catch (CharacterCodingException malformed) {
        throw poison("A line is not UTF-8: this is not SAM");
      }
    }
    return text;
  }

  private void keep(ByteBuffer in, int length) {
    int needed = carried + length;
    if (needed > carry.length) {
      byte[] smaller = carry;
      carry = Arrays.copyOf(
          smaller, Math.max(needed, Math.max(FIRST_CARRY, Math.min(smaller.length * 2, MAX_LINE))));
      Arrays.fill(smaller, 0, carried, (byte) 0);
    }
    in.get(carry, carried, length);
    carried = needed;
  }

  // A line may have held a private key, so what was kept of it is wiped.
  private void forget() {
    Arrays.fill(carry, 0, carried, (byte) 0);
    carried = 0;
  }

  private void requireSound() throws SamException {
    if (poisoned) {
      throw new SamException.Violation("This connection broke the protocol before");
    }
  }

  private SamException poison(String message) {
    forget();
    carry = NONE;
    poisoned = true;
    return new SamException.Violation(message);
  }
}
