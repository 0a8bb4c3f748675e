package io.allium.cli.site;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** What a browser makes of characters in the address of a page (URL Standard, "Percent-encoded bytes"). */
public final class PercentEncoding {
  /** The path percent-encode set, beside controls and what is not ASCII. */
  public static final String PATH = " \"#<>?^`{}";

  /** The special-query percent-encode set. */
  public static final String QUERY = " \"#<>'";

  /** The component percent-encode set: what is encoded so is one name in a path. */
  static final String COMPONENT = PATH + "/:;=@[\\]|$%&+,";

  private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PercentEncoding() {}

  /**
   * Encodes text as UTF-8. What is encoded already stays.
   *
   * @param text any
   * @param set the ASCII characters that are encoded
   * @return ASCII without controls
   */
  public static String encode(String text, String set) {
    StringBuilder encoded = new StringBuilder(text.length());
    ByteBuffer bytes = utf8(text);
    while (bytes.hasRemaining()) {
      byte value = bytes.get();
      if (value < ' ' || value == 0x7F || set.indexOf(value) >= 0) {
        HEX.toHexDigits(encoded.append('%'), value);
      } else {
        encoded.append((char) value);
      }
    }
    return encoded.toString();
  }

  /** Half a surrogate pair becomes the replacement character, as in a browser. */
  private static ByteBuffer utf8(String text) {
    try {
      return StandardCharsets.UTF_8
          .newEncoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .replaceWith(REPLACEMENT)
          .encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Decodes a part of a request's target. A percent sign without two digits stands for itself.
   *
   * @param text each character is a byte of the request
   * @return empty if it is not UTF-8
   */
  static Optional<String> decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%'
          && i + 2 < text.length()
          && HexFormat.isHexDigit(text.charAt(i + 1))
          && HexFormat.isHexDigit(text.charAt(i + 2))) {
        bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    try {
      return Optional.of(StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
