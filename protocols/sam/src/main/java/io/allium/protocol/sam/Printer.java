package io.allium.protocol.sam;

import java.util.List;

/** Prints words of a line so that every reader reads the same: quotes only where needed, nothing that ends a line. */
final class Printer {
  private final StringBuilder line;

  Printer(int expectedLength) {
    line = new StringBuilder(expectedLength);
  }

  /** A verb or an action. */
  Printer name(String name) {
    requireName(name, false);
    return space().raw(name);
  }

  /** A word by its place, such as a destination, which may end in {@code =}. */
  Printer word(String word) {
    requireName(word, true);
    return space().raw(word);
  }

  Printer options(List<SamOption> options) {
    options.forEach(this::option);
    return this;
  }

  Printer option(SamOption option) {
    requireName(option.key(), false);
    space().raw(option.key());
    line.append('=');
    value(option.key(), option.value());
    return this;
  }

  /** Text as it is, which must not end the line. */
  Printer raw(String text) {
    requireOneLine("text", text);
    line.append(text);
    return this;
  }

  private Printer space() {
    if (!line.isEmpty()) {
      line.append(' ');
    }
    return this;
  }

  private void value(String key, String value) {
    // Destinations are half a kilobyte and stand in every STREAM CONNECT: one look at each
    // character is enough.
    if (isPlain(value)) {
      line.append(value);
      return;
    }
    requireOneLine(key, value);
    if (!needsQuotes(value)) {
      line.append(value);
      return;
    }
    line.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        line.append('\\');
      }
      line.append(c);
    }
    line.append('"');
  }

  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  static boolean needsQuotes(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\' || Lexer.isSpace(c)) {
        return true;
      }
    }
    return false;
  }

  private static void requireName(String name, boolean mayHaveEquals) {
    requireOneLine("name", name);
    if (name.isEmpty() || needsQuotes(name) || (!mayHaveEquals && name.indexOf('=') >= 0)) {
      throw new IllegalArgumentException(
          "not a word of a SAM line (empty, or holds a space, quote, backslash or =)");
    }
  }

  private static void requireOneLine(String key, String value) {
    if (!isOneLine(value)) {
      throw new IllegalArgumentException(
          "the value of " + SamText.sanitize(key) + " cannot stand in a SAM line");
    }
  }

  /** Whether the text has no CR, LF or NUL, and no half of a surrogate pair, which UTF-8 cannot carry. */
  static boolean isOneLine(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r' || c == '\n' || c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  String endLine() {
    return line.append('\n').toString();
  }

  @Override
  public String toString() {
    return line.toString();
  }
}
