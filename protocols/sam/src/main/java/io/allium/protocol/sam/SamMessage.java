package io.allium.protocol.sam;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One line of SAM, command or reply alike: {@code VERB ACTION key=value …} (SAM v3, "Encoding and Escaping").
 *
 * <p>{@link #parse} accepts what real programs send: runs of spaces and tabs, spaces at both ends, CRLF, lower-case
 * verbs, bare words, {@code KEY=}, keys that occur twice, unquoted values with {@code =} in them, a backslash that
 * escapes nothing. {@link #print} writes one form only. For every message that prints,
 * {@code parse(print())} equals it.
 *
 * @param verb the first word, in upper case; empty for a line with nothing in it
 * @param action the second word, in upper case, if it is not an option; else empty
 * @param options the options in their order, keys may repeat
 * @param text of PING and PONG only: everything after the verb, verbatim with its leading space; else empty
 */
public record SamMessage(String verb, String action, List<SamOption> options, String text) {
  private static final int EXPECTED_OPTION_LENGTH = 24;

  /**
   * Maps verb and action to upper case and copies the options.
   *
   * @throws IllegalArgumentException if PING or PONG has an action or options, or another verb has text
   */
  public SamMessage {
    verb = upper(verb);
    action = upper(action);
    options = List.copyOf(options);
    if (isPing(verb) ? !(action.isEmpty() && options.isEmpty()) : !text.isEmpty()) {
      throw new IllegalArgumentException("PING and PONG carry text only, and nothing else does");
    }
  }

  /**
   * A message without free text.
   *
   * @param verb the first word
   * @param action the second word, may be empty
   * @param options the options in their order
   */
  public SamMessage(String verb, String action, List<SamOption> options) {
    this(verb, action, options, "");
  }

  /**
   * Parses one line.
   *
   * @param line the line, with or without its line end
   * @return the message; its verb is empty if the line is blank, which a reader skips
   * @throws SamException.Violation if a quote is not closed, or PING or PONG is
   *     quoted; nothing of the line is in the message
   */
  public static SamMessage parse(String line) throws SamException {
    Optional<SamMessage> ping = parsePing(line);
    if (ping.isPresent()) {
      return ping.get();
    }
    List<Lexer.Word> words = Lexer.words(line);
    int first = 0;
    String verb = "";
    if (!words.isEmpty() && words.get(0).equals() < 0) {
      verb = words.get(first++).text();
    }
    if (isPing(upper(verb))) {
      throw new SamException.Violation("PING and PONG are not quoted: their text is verbatim");
    }
    String action = "";
    if (first == 1 && words.size() > 1 && words.get(1).equals() < 0) {
      action = words.get(first++).text();
    }
    List<SamOption> options = new ArrayList<>(words.size() - first);
    for (Lexer.Word word : words.subList(first, words.size())) {
      options.add(word.option());
    }
    return new SamMessage(verb, action, options, "");
  }

  private static boolean isPing(String upperVerb) {
    return upperVerb.equals("PING") || upperVerb.equals("PONG");
  }

  private static Optional<SamMessage> parsePing(String line) {
    int end = Lexer.endOf(line);
    int start = 0;
    while (start < end && Lexer.isSpace(line.charAt(start))) {
      start++;
    }
    int after = start + 4;
    boolean ends = after == end || (after < end && Lexer.isSpace(line.charAt(after)));
    if (!ends || line.charAt(start) != 'P' && line.charAt(start) != 'p') {
      return Optional.empty();
    }
    String verb = upper(line.substring(start, after));
    return isPing(verb)
        ? Optional.of(new SamMessage(verb, "", List.of(), line.substring(after, end)))
        : Optional.empty();
  }

  /**
   * The value of an option.
   *
   * @param key the key, case-sensitive
   * @return the value of its first occurrence, possibly empty text; or nothing if the key is not there
   */
  public Optional<String> value(String key) {
    for (SamOption option : options) {
      if (option.key().equals(key)) {
        return Optional.of(option.value());
      }
    }
    return Optional.empty();
  }

  /**
   * The line, without a line end. Values are quoted only if they hold a space, a tab, a quote or a backslash.
   *
   * @return the line, equal to this message when parsed
   * @throws IllegalArgumentException if a value holds CR, LF, NUL or half a surrogate pair, or a verb, action or key is
   *     empty or holds a space, a quote, a backslash or {@code =}; the message names the key, never the value
   */
  public String print() {
    return printer().toString();
  }

  private Printer printer() {
    int length = 64 + text.length();
    for (SamOption option : options) {
      length += option.value().length() + EXPECTED_OPTION_LENGTH;
    }
    Printer printer = new Printer(length);
    printer.name(verb);
    if (!action.isEmpty()) {
      printer.name(action);
    }
    options.forEach(printer::option);
    if (!text.isEmpty() && !Lexer.isSpace(text.charAt(0))) {
      throw new IllegalArgumentException("the text of PING and PONG starts with a space");
    }
    return printer.raw(text);
  }

  /**
   * The line with its newline, in UTF-8 ("Encoding and Escaping"). It may hold a private key: wipe it once sent.
   *
   * @return a new array
   * @throws IllegalArgumentException as {@link #print}
   */
  public byte[] encode() {
    return printer().endLine().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Checks that a server of this version reads what we print. Before 3.2 there was no escaping, quoting "did not work
   * reliably" (i2pd never strips quotes), and only 7-bit ASCII was supported.
   *
   * @param version what was agreed with the server
   * @throws SamException.Unprintable that names the key to correct
   */
  public void requirePrintable(SamVersion version) throws SamException.Unprintable {
    for (SamOption option : options) {
      String value = option.value();
      boolean plain = !Printer.needsQuotes(value) && value.chars().allMatch(c -> c < 0x80);
      boolean validKey = !option.key().isEmpty()
          && option.key().chars().allMatch(c -> c > ' ' && c < 0x7f)
          && !Printer.needsQuotes(option.key())
          && option.key().indexOf('=') < 0;
      if (!validKey || !Printer.isOneLine(value) || !(plain || version.hasQuoting())) {
        throw new SamException.Unprintable("The option " + SamText.sanitize(option.key())
            + " has a name or value that SAM " + version + " cannot carry: remove "
            + (version.hasQuoting()
                ? "control characters"
                : "spaces, quotes, backslashes and non-ASCII characters"));
      }
    }
  }

  // Unlike toUpperCase, this allocates nothing for the usual case and leaves non-ASCII alone.
  private static String upper(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) >= 'a' && word.charAt(i) <= 'z') {
        return word.chars().allMatch(c -> c < 0x80) ? word.toUpperCase(Locale.ROOT) : word;
      }
    }
    return word;
  }

  /**
   * What may be shown: verb, action, names of keys, and the values of keys that can hold nothing private, such as
   * RESULT, STYLE and ports. Values of DESTINATION, PRIV, PUB, VALUE, USER, PASSWORD, ID, NAME, MESSAGE and of all
   * session options are hidden.
   */
  @Override
  public String toString() {
    StringBuilder shown = new StringBuilder(Redaction.name(verb));
    if (!action.isEmpty()) {
      shown.append(' ').append(Redaction.name(action));
    }
    options.forEach(option -> shown.append(' ').append(option));
    return text.isEmpty()
        ? shown.toString()
        : shown.append(' ').append(Redaction.HIDDEN).toString();
  }
}
