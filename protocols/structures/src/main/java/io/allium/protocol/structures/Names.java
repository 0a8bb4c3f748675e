package io.allium.protocol.structures;

import java.util.Locale;

/**
 * The text forms of names (I2P naming, "Naming Rules", "Base32 Names"). No message repeats the text: someone may have
 * pasted a private key.
 */
public final class Names {
  private static final String I2P = ".i2p";
  private static final String ALT = ".i2p.alt";
  private static final String BASE32 = ".b32.i2p";

  /** The naming rules' limit, with the suffix. */
  private static final int MAX_HOSTNAME = 67;

  private static final int MIN_DESTINATION = 516;
  private static final int MAX_DESTINATION = (KeysAndCert.MAX_LENGTH + 2) / 3 * 4;
  private static final int BASE32_PLAIN = 52;
  private static final int BASE32_BLINDED = 56;

  private Names() {}

  /**
   * Whether a text ends as host names and base 32 addresses do.
   *
   * @param text any text
   * @return false for a destination in base 64
   */
  public static boolean hasSuffix(String text) {
    return endsWith(text, I2P) || endsWith(text, ALT);
  }

  /**
   * The same name under {@code .i2p}, if it is under {@code .i2p.alt} (I2P naming, ".i2p.alt Domain").
   *
   * @param text a name with one of the suffixes
   * @return the name that ends in {@code .i2p}
   */
  public static String withoutAlt(String text) {
    return endsWith(text, ALT)
        ? text.substring(0, text.length() - ALT.length() + I2P.length())
        : text;
  }

  /**
   * Whether a text ends as base 32 addresses do.
   *
   * @param text any text
   * @return false for any other host name
   */
  public static boolean isBase32(String text) {
    return endsWith(text, BASE32);
  }

  /**
   * Whether a text can be meant as a destination: long, and in I2P's base 64.
   *
   * @param text any text
   * @return false for what should be refused as no name at all
   */
  public static boolean isLikeDestination(String text) {
    return text.length() >= MIN_DESTINATION / 2
        && text.chars().allMatch(c -> I2pBase64.isLetter((char) c) || c == '=');
  }

  /**
   * Takes the dot of the root and blanks off a host that people or programs may have given with them.
   *
   * @param host a host of any kind
   * @return the host alone
   */
  public static String bare(String host) {
    String stripped = host.strip();
    return stripped.endsWith(".") ? stripped.substring(0, stripped.length() - 1) : stripped;
  }

  /**
   * What to tell about a text that is no name of any form.
   *
   * @param text the text
   * @return always to be thrown
   */
  public static StructureException notAName(String text) {
    return invalid(whyNotAName(text));
  }

  /**
   * Checks a host name.
   *
   * @param text the name
   * @return the name in small letters
   * @throws StructureException if it breaks a rule; the message says which
   */
  public static String hostname(String text) throws StructureException {
    if (!endsWith(text, I2P)) {
      throw invalid(whyNotAName(text));
    }
    if (text.length() > MAX_HOSTNAME) {
      throw invalid("A host name has at most 67 characters, with .i2p");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Before any change of case: there are foreign letters whose small form is an ASCII one.
      if (!isHostnameCharacter(c)) {
        throw invalid(whyNotInHostname(text, c));
      }
    }
    String name = text.toLowerCase(Locale.ROOT);
    if (name.endsWith(BASE32)) {
      throw invalid("A name within .b32.i2p is a base 32 address, never a host name");
    }
    for (String label : name.split("\\.", -1)) {
      checkLabel(label);
    }
    return name;
  }

  /**
   * Decodes the part of a base 32 address before its suffix.
   *
   * @param text the address with its suffix
   * @return 32 bytes for the usual address, 35 or more for that of an encrypted lease set
   * @throws StructureException if it breaks a rule; the message says which
   */
  public static byte[] decodeBase32(String text) throws StructureException {
    if (!endsWith(text, BASE32)) {
      throw invalid("A base 32 address ends in .b32.i2p");
    }
    int length = text.length() - BASE32.length();
    if (length != BASE32_PLAIN && length != BASE32_BLINDED) {
      throw invalid(
          "A base 32 address has 52 characters before .b32.i2p, or 56 for an encrypted lease set, not "
              + length);
    }
    StringBuilder letters = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      letters.append(c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
    }
    return Base32.decode(letters.toString())
        .orElseThrow(
            () -> invalid("A base 32 address has only the letters a to z and the digits 2 to 7, "
                + "and its last one has no bit to spare: check its text"));
  }

  /**
   * Decodes a destination's base 64.
   *
   * @param text the base 64
   * @return the bytes, not yet checked
   * @throws StructureException if it breaks a rule; the message says which
   */
  public static byte[] decodeDestination(String text) throws StructureException {
    if (text.length() > MAX_DESTINATION) {
      throw invalid("The text is too long for a destination");
    }
    return I2pBase64.decode(text)
        .orElseThrow(
            () -> invalid("A destination is written in base 64 with - and ~ in place of + and /, "
                + "without spaces or line breaks: check its text"));
  }

  private static void checkLabel(String label) throws StructureException {
    if (label.isEmpty()) {
      throw invalid("A host name has something before and after each dot, and before .i2p");
    }
    if (label.startsWith("-") || label.endsWith("-")) {
      throw invalid("No part of a host name starts or ends with a hyphen");
    }
    if (label.contains("--") && !label.startsWith("xn--")) {
      throw invalid(
          "A host name has two hyphens together only in xn--, which starts an international name");
    }
  }

  private static boolean isHostnameCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '-';
  }

  private static String whyNotInHostname(String text, char c) {
    if (c == '/' || c == ':') {
      return whyNotAName(text);
    }
    return c < 128
        ? "A host name has only letters, digits, dots and hyphens"
        : "A host name has only ASCII letters: give an international name in its xn-- form";
  }

  private static String whyNotAName(String text) {
    if (text.isEmpty()) {
      return "The name is empty";
    }
    if (text.contains("/")) {
      return "A name has no scheme and no path: give only the host name, for example example.i2p";
    }
    if (text.startsWith("[") || text.indexOf(':') != text.lastIndexOf(':') || isNumeric(text)) {
      return "An IP address is not a name on I2P: give a destination, a base 32 address or a name ending in .i2p";
    }
    if (text.indexOf(':') >= 0) {
      return "A name has no port: give only the host name, for example example.i2p";
    }
    return "A name on I2P ends in .i2p, or is a whole destination in base 64";
  }

  private static boolean isNumeric(String text) {
    return text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  private static boolean endsWith(String text, String suffix) {
    return text.regionMatches(true, text.length() - suffix.length(), suffix, 0, suffix.length())
        && text.chars().skip(Math.max(0, text.length() - suffix.length())).allMatch(c -> c < 128);
  }

  private static StructureException invalid(String message) {
    return new StructureException(message);
  }
}
