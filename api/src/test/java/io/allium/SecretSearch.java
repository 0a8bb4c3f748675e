package io.allium;

import io.allium.protocol.structures.I2pBase64;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for a secret in text that must not hold it: every 16-byte window of the secret, raw, in hex of either case, and
 * in base 64 of the usual, the URL-safe and I2P's alphabet at each of its three alignments.
 */
public final class SecretSearch {
  private static final int WINDOW = 16;

  private static final int PREFIX = 8;

  /** A power of two, many times the number of needles. */
  private static final int BEGINNINGS = 1 << 18;

  /** By their first characters, so that a text is read once however many there are. */
  private final Map<String, Set<String>> needles = new HashMap<>();

  /** Whether some needle may begin so: most places of a text are done with that, at the price of a number. */
  private final BitSet beginnings = new BitSet();

  private SecretSearch() {}

  /**
   * Prepares a search.
   *
   * @param secrets what must not be found; each 16 bytes or longer
   * @return the search
   */
  public static SecretSearch forAny(byte[]... secrets) {
    SecretSearch search = new SecretSearch();
    for (byte[] secret : secrets) {
      for (int i = 0; i + WINDOW <= secret.length; i++) {
        search.add(Arrays.copyOfRange(secret, i, i + WINDOW));
      }
    }
    return search;
  }

  private void add(byte[] window) {
    if (isUniform(window)) {
      return;
    }
    addNeedle(new String(window, StandardCharsets.ISO_8859_1));
    addNeedle(HexFormat.of().formatHex(window));
    addNeedle(HexFormat.of().withUpperCase().formatHex(window));
    addNeedle(Arrays.toString(window).replaceAll("[\\[\\]]", ""));
    // What precedes the window in the same base 64 text shifts it by 0, 2 or 4 bits. Letters that
    // hold foreign bits
    // are left out at both ends.
    for (int shift = 0; shift < 3; shift++) {
      byte[] shifted = new byte[shift + window.length];
      System.arraycopy(window, 0, shifted, shift, window.length);
      int from = (shift * 8 + 5) / 6;
      int to = shifted.length * 8 / 6;
      addNeedle(Base64.getEncoder().encodeToString(shifted).substring(from, to));
      addNeedle(Base64.getUrlEncoder().encodeToString(shifted).substring(from, to));
      addNeedle(I2pBase64.encode(shifted).substring(from, to));
    }
  }

  private void addNeedle(String needle) {
    beginnings.set(beginning(needle, 0));
    needles
        .computeIfAbsent(needle.substring(0, PREFIX), prefix -> new HashSet<>())
        .add(needle);
  }

  private static int beginning(String text, int at) {
    int hash = 0;
    for (int i = at; i < at + PREFIX; i++) {
      hash = 31 * hash + text.charAt(i);
    }
    return (hash ^ hash >>> 16) & BEGINNINGS - 1;
  }

  /** Zeros and the like are in any output and are nobody's secret. */
  private static boolean isUniform(byte[] window) {
    for (byte b : window) {
      if (b != window[0]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Searches a text.
   *
   * @param text the text
   * @return a sentence that says where and in what form a secret was found
   */
  public Optional<String> findIn(String text) {
    for (int i = 0; i + PREFIX <= text.length(); i++) {
      if (beginnings.get(beginning(text, i))) {
        for (String needle : needles.getOrDefault(text.substring(i, i + PREFIX), Set.of())) {
          if (text.startsWith(needle, i)) {
            return Optional.of("a secret at offset " + i + ", " + needle.length() + " characters");
          }
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Searches an exception: messages, causes, suppressed ones and stack traces.
   *
   * @param thrown the exception
   * @return as {@link #findIn(String)}
   */
  public Optional<String> findIn(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return findIn(text.toString());
  }
}
