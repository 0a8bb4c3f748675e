package io.allium.protocol.sam;

import java.util.regex.Pattern;

/** Text that a router chose, made safe to put before a person or into a log. */
public final class SamText {
  /** Longest text shown, in characters: a sentence or two; what a router says beyond that helps nobody. */
  static final int MAX_SHOWN = 200;

  /** A run of 40 or more characters of base 64: a destination, a key or part of one, or the b32 address of somebody. */
  private static final Pattern KEY_LIKE = Pattern.compile("[A-Za-z0-9~+/=_-]{40,}");

  /** {@code \p{Cc}}, since {@code \p{Cntrl}} lacks U+0080 to U+009F, which many terminals obey. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]+");

  private SamText() {}

  /**
   * Removes control and formatting characters, hides what looks like a key, and bounds the length to
   * {@value #MAX_SHOWN} characters. SAM lets a MESSAGE carry anything ("RESULT Values").
   *
   * @param text anything a router sent
   * @return text of one line that is safe to show
   */
  public static String sanitize(String text) {
    String clean = CONTROL.matcher(text).replaceAll(" ");
    clean = KEY_LIKE.matcher(clean).replaceAll("(hidden)").strip();
    return clean.length() <= MAX_SHOWN ? clean : clean.substring(0, MAX_SHOWN - 1) + "…";
  }
}
