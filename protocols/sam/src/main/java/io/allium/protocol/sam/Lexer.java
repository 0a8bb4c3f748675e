package io.allium.protocol.sam;

import java.util.ArrayList;
import java.util.List;

/** Cuts a line into words (SAM v3, "Encoding and Escaping"). */
final class Lexer {
  /** A word without its quotes. {@code equals} is the place of its first {@code =} outside quotes, or -1. */
  record Word(String text, int equals) {
    SamOption option() {
      return equals < 0
          ? new SamOption(text, "")
          : new SamOption(text.substring(0, equals), text.substring(equals + 1));
    }
  }

  private final String line;
  private final int end;
  private int at;

  private Lexer(String line) {
    this.line = line;
    this.end = endOf(line);
  }

  /** The length of the line without what CRLF leaves at its end. */
  static int endOf(String line) {
    int end = line.length();
    while (end > 0 && (line.charAt(end - 1) == '\r' || line.charAt(end - 1) == '\n')) {
      end--;
    }
    return end;
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  static List<Word> words(String line) throws SamException {
    Lexer lexer = new Lexer(line);
    List<Word> words = new ArrayList<>(6);
    while (lexer.skipSpaces()) {
      words.add(lexer.word());
    }
    return words;
  }

  private boolean skipSpaces() {
    while (at < end && isSpace(line.charAt(at))) {
      at++;
    }
    return at < end;
  }

  private Word word() throws SamException {
    int start = at;
    int equals = -1;
    for (; at < end; at++) {
      char c = line.charAt(at);
      if (isSpace(c)) {
        break;
      }
      if (c == '"' || c == '\\') {
        return quotedWord(start, equals);
      }
      if (c == '=' && equals < 0) {
        equals = at - start;
      }
    }
    return new Word(line.substring(start, at), equals);
  }

  private Word quotedWord(int start, int equalsSoFar) throws SamException {
    StringBuilder text = new StringBuilder(line.substring(start, at));
    int equals = equalsSoFar;
    boolean quoted = false;
    for (; at < end; at++) {
      char c = line.charAt(at);
      if (c == '\\'
          && at + 1 < end
          && (line.charAt(at + 1) == '"' || line.charAt(at + 1) == '\\')) {
        text.append(line.charAt(++at));
      } else if (c == '"') {
        quoted = !quoted;
      } else if (isSpace(c) && !quoted) {
        break;
      } else {
        if (c == '=' && !quoted && equals < 0) {
          equals = text.length();
        }
        text.append(c);
      }
    }
    if (quoted) {
      throw new SamException.Violation("A quoted value has no closing quote");
    }
    return new Word(text.toString(), equals);
  }
}
