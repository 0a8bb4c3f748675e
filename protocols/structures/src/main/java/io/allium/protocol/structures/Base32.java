package io.allium.protocol.structures;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Base 32 of RFC 4648 as I2P writes it: small letters, no padding. Strict: only canonical text is read. */
public final class Base32 {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

  private Base32() {}

  /**
   * Encodes.
   *
   * @param data the bytes
   * @return the text, without padding
   */
  public static String encode(byte[] data) {
    byte[] text = new byte[(data.length * 8 + 4) / 5];
    int buffer = 0;
    int bits = 0;
    int out = 0;
    for (byte b : data) {
      buffer = (buffer << 8 | b & 0xff) & 0xfff;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text[out++] = (byte) ALPHABET.charAt(buffer >> bits & 31);
      }
    }
    if (bits > 0) {
      text[out] = (byte) ALPHABET.charAt(buffer << 5 - bits & 31);
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /**
   * Decodes.
   *
   * @param text small letters and digits, without padding
   * @return the bytes, or empty if a character is foreign, the length impossible, or an unused bit set
   */
  public static Optional<byte[]> decode(String text) {
    int unusedBits = text.length() * 5 % 8;
    if (unusedBits >= 5) {
      return Optional.empty();
    }
    byte[] data = new byte[text.length() * 5 / 8];
    int buffer = 0;
    int bits = 0;
    int out = 0;
    for (int i = 0; i < text.length(); i++) {
      int value = value(text.charAt(i));
      if (value < 0) {
        return Optional.empty();
      }
      buffer = (buffer << 5 | value) & 0xfff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        data[out++] = (byte) (buffer >> bits);
      }
    }
    return (buffer & (1 << unusedBits) - 1) == 0 ? Optional.of(data) : Optional.empty();
  }

  private static int value(char c) {
    if (c >= 'a' && c <= 'z') {
      return c - 'a';
    }
    return c >= '2' && c <= '7' ? c - '2' + 26 : -1;
  }
}
