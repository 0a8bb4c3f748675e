package io.allium.i2cp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Finds every 16-byte window of a secret in a text: raw, hex, decimal, and both base 64 alphabets at any alignment. */
final class SecretSearch {
  private static final int WINDOW = 16;

  /** The shortest needle that is looked up first; all needles are longer. */
  private static final int PREFIX = 12;

  private final Map<String, String> needles = new HashMap<>();

  SecretSearch(byte[] secret) {
    for (int i = 0; i + WINDOW <= secret.length; i++) {
      byte[] window = Arrays.copyOfRange(secret, i, i + WINDOW);
      boolean telling = false;
      for (byte b : window) {
        telling |= b != window[0];
      }
      if (telling) {
        add(window);
      }
    }
  }

  Optional<String> findIn(String text) {
    for (int i = 0; i + PREFIX <= text.length(); i++) {
      String needle = needles.get(text.substring(i, i + PREFIX));
      if (needle != null) {
        return Optional.of("offset " + i + " of " + text.substring(0, Math.min(80, text.length())));
      }
    }
    return Optional.empty();
  }

  private void add(byte[] window) {
    put(new String(window, StandardCharsets.ISO_8859_1));
    put(HexFormat.of().formatHex(window));
    put(HexFormat.of().withUpperCase().formatHex(window));
    put(Arrays.toString(window).substring(1));
    for (int shift = 0; shift < 3; shift++) {
      byte[] shifted = new byte[shift + WINDOW];
      System.arraycopy(window, 0, shifted, shift, WINDOW);
      // letters that hold bits of what stands around the window are left out
      String text = Base64.getEncoder()
          .encodeToString(shifted)
          .substring((shift * 8 + 5) / 6, shifted.length * 8 / 6);
      put(text);
      put(text.replace('+', '-').replace('/', '~'));
      put(text.replace('+', '-').replace('/', '_'));
    }
  }

  /** Twelve characters of a window are 9 bytes in base 64: no accident. */
  private void put(String needle) {
    needles.put(needle.substring(0, PREFIX), needle);
  }
}
