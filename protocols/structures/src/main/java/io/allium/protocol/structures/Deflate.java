package io.allium.protocol.structures;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Compressed data without header or checksum (RFC 1951), within bounds. To make the JDK's tools anew each time costs a
 * microsecond or two; kept ones would need an owner, or a lock.
 */
final class Deflate {
  /** The format repeats at most 258 bytes in two bits. What claims to inflate further is no such data. */
  private static final int MAX_RATIO = 258 * Byte.SIZE / 2;

  private Deflate() {}

  /**
   * Compresses.
   *
   * @param content all that remains
   * @param out to its limit, and never further
   * @return false if it does not fit; then the position of {@code out} is where it was
   */
  static boolean deflate(ByteBuffer content, ByteBuffer out) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      int start = out.position();
      deflater.setInput(content);
      deflater.finish();
      deflater.deflate(out);
      if (!deflater.finished()) {
        out.position(start);
      }
      return deflater.finished();
    } finally {
      deflater.end();
    }
  }

  /**
   * Decompresses.
   *
   * @param deflated all that remains, and nothing else
   * @param length how much it must become
   * @return the content, or empty if it becomes anything else
   */
  static Optional<ByteBuffer> inflate(ByteBuffer deflated, int length) {
    if (length > (long) deflated.remaining() * MAX_RATIO) {
      return Optional.empty();
    }
    Inflater inflater = new Inflater(true);
    try {
      // one byte more than it should need, so that too much is seen
      byte[] content = new byte[length + 1];
      inflater.setInput(deflated);
      int inflated = inflater.inflate(content);
      boolean whole = inflater.finished() && inflater.getRemaining() == 0 && inflated == length;
      return whole ? Optional.of(ByteBuffer.wrap(content, 0, length).slice()) : Optional.empty();
    } catch (DataFormatException e) {
      return Optional.empty();
    } finally {
      inflater.end();
    }
  }
}
