package io.allium.cli.site;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file (RFC 9110, 14).
 *
 * @param first of its bytes, counted from 0
 * @param length 0 if the file has none of it
 */
record ByteRange(long first, long length) {
  /** More digits than 18 are more bytes than a file has. */
  private static final Pattern ONE =
      Pattern.compile("bytes=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})\\s*", Pattern.CASE_INSENSITIVE);

  /**
   * Reads a header.
   *
   * @return empty if it is none that we serve, such as several ranges: the whole file is then a right answer
   */
  static Optional<ByteRange> parse(String header, long size) {
    Matcher range = ONE.matcher(header);
    if (!range.matches()) {
      return Optional.empty();
    }
    String from = range.group(1);
    String to = range.group(2);
    if (from.isEmpty()) {
      if (to.isEmpty()) {
        return Optional.empty();
      }
      long length = Math.min(Long.parseLong(to), size);
      return Optional.of(new ByteRange(size - length, length));
    }
    long first = Long.parseLong(from);
    long last = to.isEmpty() ? Long.MAX_VALUE : Long.parseLong(to);
    if (last < first) {
      return Optional.empty();
    }
    return Optional.of(
        first >= size
            ? new ByteRange(first, 0)
            : new ByteRange(first, Math.min(last, size - 1) - first + 1));
  }

  String header(long size) {
    return "bytes " + first + "-" + (first + length - 1) + "/" + size;
  }
}
