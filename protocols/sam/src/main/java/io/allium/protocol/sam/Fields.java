package io.allium.protocol.sam;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads typed options of a message, and collects them for printing. An empty value is as good as none. */
final class Fields {
  static final int MAX_PORT = 65_535;

  private Fields() {}

  static SamException bad(SamMessage message, String what) {
    String action = message.action().isEmpty() ? "" : " " + SamText.sanitize(message.action());
    return new SamException.Violation(SamText.sanitize(message.verb()) + action + ": " + what);
  }

  static String required(SamMessage message, String key) throws SamException {
    Optional<String> value = text(message, key);
    if (value.isEmpty()) {
      throw bad(message, key + " is missing");
    }
    return value.get();
  }

  static Optional<String> text(SamMessage message, String key) {
    return message.value(key).filter(value -> !value.isEmpty());
  }

  static OptionalInt port(SamMessage message, String key) throws SamException {
    return number(message, key, MAX_PORT);
  }

  static OptionalInt number(SamMessage message, String key, int max) throws SamException {
    Optional<String> value = text(message, key);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    int number = unsigned(value.get());
    if (number < 0 || number > max) {
      throw bad(message, key + " is a number from 0 to " + max);
    }
    return OptionalInt.of(number);
  }

  private static int unsigned(String digits) {
    if (digits.length() > 10) {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = number * 10 + (c - '0');
    }
    return number > Integer.MAX_VALUE ? -1 : (int) number;
  }

  static Optional<Boolean> flag(SamMessage message, String key) throws SamException {
    Optional<String> value = text(message, key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get().equalsIgnoreCase("true")) {
      return Optional.of(true);
    }
    if (value.get().equalsIgnoreCase("false")) {
      return Optional.of(false);
    }
    throw bad(message, key + " is true or false");
  }

  static boolean isTrue(SamMessage message, String key) throws SamException {
    return flag(message, key).orElse(false);
  }

  static String id(SamMessage message) throws SamException {
    String id = required(message, "ID");
    if (!isId(id)) {
      throw bad(message, "ID holds white space or control characters");
    }
    return id;
  }

  static void requireId(String id) {
    if (!isId(id)) {
      throw new IllegalArgumentException(
          "a session identifier is not empty and holds no white space");
    }
  }

  private static boolean isId(String id) {
    return !id.isEmpty()
        && id.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
  }

  static SamStyle style(SamMessage message) throws SamException {
    Optional<SamStyle> style = SamStyle.parse(required(message, "STYLE"));
    if (style.isEmpty()) {
      throw bad(message, "no such STYLE");
    }
    return style.get();
  }

  static int size(SamMessage message) throws SamException {
    required(message, "SIZE");
    return number(message, "SIZE", LineFramer.MAX_BODY).orElse(0);
  }

  static SamResult result(SamMessage message) throws SamException {
    return new SamResult(required(message, "RESULT"));
  }

  static String note(SamMessage message) {
    return message.value("MESSAGE").orElse("");
  }

  static Optional<String> nonEmpty(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  static Builder reply(SamResult result) {
    return new Builder().add("RESULT", result.name());
  }

  static Set<String> union(Set<String> one, Set<String> other) {
    return Stream.concat(one.stream(), other.stream()).collect(Collectors.toUnmodifiableSet());
  }

  static void requireNone(List<SamOption> options, Set<String> reserved) {
    for (SamOption option : options) {
      if (reserved.contains(option.key())) {
        throw new IllegalArgumentException(
            option.key() + " has a place of its own in this command");
      }
    }
  }

  static void requireRange(String name, OptionalInt value, int max) {
    if (value.isPresent() && (value.getAsInt() < 0 || value.getAsInt() > max)) {
      throw new IllegalArgumentException(name + " is 0 to " + max + ", not " + value.getAsInt());
    }
  }

  static List<SamOption> without(SamMessage message, Set<String> keys) {
    return message.options().stream()
        .filter(option -> !keys.contains(option.key()))
        .toList();
  }

  /** Options in the order they are added; what is absent adds none. */
  static final class Builder {
    private final List<SamOption> options = new ArrayList<>();

    Builder add(String key, String value) {
      options.add(new SamOption(key, value));
      return this;
    }

    Builder add(String key, Optional<?> value) {
      value.ifPresent(present -> add(key, present.toString()));
      return this;
    }

    Builder add(String key, OptionalInt value) {
      value.ifPresent(present -> add(key, Integer.toString(present)));
      return this;
    }

    Builder addIfTrue(String key, boolean value) {
      return value ? add(key, "true") : this;
    }

    Builder addAll(List<SamOption> more) {
      options.addAll(more);
      return this;
    }

    SamMessage message(String verb, String action) {
      return new SamMessage(verb, action, options);
    }

    List<SamOption> build() {
      return List.copyOf(options);
    }
  }
}
