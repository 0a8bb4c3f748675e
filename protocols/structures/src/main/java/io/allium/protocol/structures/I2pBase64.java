package io.allium.protocol.structures;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Base 64 with I2P's alphabet: {@code -} is 62 and {@code ~} is 63. Strict: only canonical text is read, padded or not.
 *
 * <p>It differs in one letter from the URL-safe alphabet of the JDK, whose codec is compiled to vector instructions.
 */
public final class I2pBase64 {
  private I2pBase64() {}

  /**
   * Encodes with padding.
   *
   * @param data the bytes
   * @return the text
   */
  public static String encode(byte[] data) {
    byte[] text = Base64.getUrlEncoder().encode(data);
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '_') {
        text[i] = '~';
      }
    }
    String result = new String(text, StandardCharsets.ISO_8859_1);
    Arrays.fill(text, (byte) 0);
    return result;
  }

  /**
   * Decodes.
   *
   * @param text base 64 of I2P; padding may be absent but not wrong
   * @return the bytes, or empty if the text is not canonical base 64
   */
  public static Optional<byte[]> decode(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '=') {
      end--;
    }
    boolean lengthOk = end % 4 != 1
        && (end == text.length() || (text.length() % 4 == 0 && text.length() - end <= 2));
    if (!lengthOk) {
      return Optional.empty();
    }
    byte[] ascii = new byte[end];
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (!isLetter(c)) {
        return Optional.empty();
      }
      ascii[i] = c == '~' ? (byte) '_' : (byte) c;
    }
    byte[] data = Base64.getUrlDecoder().decode(ascii);
    boolean canonical = end % 4 == 0 || hasZeroTail(ascii[end - 1], end % 4 == 2 ? 4 : 2);
    Arrays.fill(ascii, (byte) 0);
    return canonical ? Optional.of(data) : Optional.empty();
  }

  /**
   * Whether a character belongs to the alphabet.
   *
   * @param c the character
   * @return false for padding, too
   */
  public static boolean isLetter(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '~';
  }

  private static boolean hasZeroTail(byte last, int bits) {
    String lettersWithFourZeroBits = "AQgw";
    String lettersWithTwoZeroBits = "AEIMQUYcgkosw048";
    return (bits == 4 ? lettersWithFourZeroBits : lettersWithTwoZeroBits).indexOf(last) >= 0;
  }
}
