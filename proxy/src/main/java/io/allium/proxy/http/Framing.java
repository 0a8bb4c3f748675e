package io.allium.proxy.http;

import java.util.Locale;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.ProtocolException;

/**
 * How long a message is (RFC 9112, section 6). Where two programs could disagree about it, one request could hide in
 * another; such a message is refused.
 */
final class Framing {
  static final long CHUNKED = -1;
  static final long UNTIL_CLOSE = -2;

  /** More digits than any length has that a disk could hold. */
  private static final int MAX_DIGITS = 18;

  private Framing() {}

  /** The number of bytes, or {@link #CHUNKED}, or {@code otherwise} if the message does not say. */
  static long of(HttpMessage message, long otherwise) throws ProtocolException {
    for (Header header : message.getHeaders()) {
      requireHarmless(header);
    }
    Header[] lengths = message.getHeaders("Content-Length");
    Header[] codings = message.getHeaders("Transfer-Encoding");
    if (lengths.length + codings.length > 1) {
      throw new ProtocolException("the message has more than one length");
    }
    if (codings.length == 1) {
      boolean isOld =
          message.getVersion() != null && message.getVersion().lessEquals(HttpVersion.HTTP_1_0);
      if (isOld || !text(codings[0]).toLowerCase(Locale.ROOT).equals("chunked")) {
        throw new ProtocolException("the message has a transfer coding that is not known here");
      }
      return CHUNKED;
    }
    return lengths.length == 0 ? otherwise : length(text(lengths[0]));
  }

  private static String text(Header header) {
    return String.valueOf(header.getValue()).strip();
  }

  private static long length(String text) throws ProtocolException {
    if (text.isEmpty()
        || text.length() > MAX_DIGITS
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new ProtocolException("the length of the message is not a number");
    }
    return Long.parseLong(text);
  }

  private static void requireHarmless(Header header) throws ProtocolException {
    String name = header.getName();
    if (name.isEmpty() || !name.chars().allMatch(Framing::isTokenCharacter)) {
      throw new ProtocolException("the name of a header has a character that none has");
    }
    String value = header.getValue();
    if (value != null && !value.chars().allMatch(c -> c == '\t' || c >= ' ' && c != 0x7F)) {
      throw new ProtocolException("a header has a control character");
    }
  }

  /** RFC 9110, 5.6.2. */
  private static boolean isTokenCharacter(int c) {
    return c >= '0' && c <= '9'
        || c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }
}
