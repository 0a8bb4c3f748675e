package io.allium.internal.values;

/** Shortens addresses for messages and logs, so that they can be told apart but not followed. */
public final class Redact {
  private static final int SHOWN = 8;
  private static final String ELLIPSIS_SUFFIX = "….b32.i2p";

  private Redact() {}

  /**
   * Shortens a base 32 address.
   *
   * @param base32 the base 32 text of a hash or key, with or without its suffix
   * @return its first eight characters, an ellipsis and the suffix
   */
  public static String base32(String base32) {
    return base32.substring(0, SHOWN) + ELLIPSIS_SUFFIX;
  }
}
