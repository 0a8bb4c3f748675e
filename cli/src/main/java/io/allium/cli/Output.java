package io.allium.cli;

import java.io.PrintStream;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Data goes to standard output, talk to standard error. For use by several threads. */
final class Output {
  private static final Pattern COMMANDING =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  /** What a stranger has to say beyond that helps nobody. */
  private static final int MAX_STRANGE = 200;

  private final PrintStream data;
  private final PrintStream talk;
  private final boolean json;
  private final boolean quiet;

  Output(PrintStream data, PrintStream talk, boolean json, boolean quiet) {
    this.data = data;
    this.talk = talk;
    this.json = json;
    this.quiet = quiet;
  }

  boolean json() {
    return json;
  }

  PrintStream raw() {
    return data;
  }

  /** One line of data: as text, or the same facts as one JSON object. */
  void line(String text, Object... keysAndValues) {
    data.println(json ? object(keysAndValues) : text);
    data.flush();
  }

  /** What was opened, or what is so: {@code KIND VALUE}. */
  void fact(String kind, String value) {
    line(kind + " " + value, kind, value);
  }

  /** What belongs together: a line each as text, one object as JSON. */
  void record(Map<String, Object> facts) {
    if (json) {
      data.println(object(facts));
      data.flush();
    } else {
      facts.forEach((key, value) -> line(
          key + " " + (value instanceof List<?> list ? String.join(",", strings(list)) : value)));
    }
  }

  private static List<String> strings(List<?> values) {
    return values.stream().map(Object::toString).toList();
  }

  void ready() {
    line("ready", "ready", true);
  }

  void talk(String text) {
    if (!quiet) {
      talk.println(text);
      talk.flush();
    }
  }

  /** Why what was asked for is not done: no talk, so that no option hides it. */
  void failure(Failure failure) {
    talk.println(json ? object(failure.facts()) : "allium: " + failure.message());
    talk.flush();
  }

  /** Text of a stranger in one short line that commands no terminal. */
  static String harmless(@Nullable String text) {
    String line = COMMANDING.matcher(String.valueOf(text)).replaceAll("?");
    return line.length() <= MAX_STRANGE ? line : line.substring(0, MAX_STRANGE) + "…";
  }

  private static String object(Object... keysAndValues) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      members.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return object(members);
  }

  private static String object(Map<String, Object> members) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      write(json, members);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Object value) {
    switch (value) {
      case Boolean flag -> json.writeBoolean(flag);
      case Long number -> json.writeNumber(number);
      case Integer number -> json.writeNumber(number);
      case Double number -> json.writeNumber(number);
      case List<?> list -> {
        json.writeStartArray();
        list.forEach(item -> write(json, item));
        json.writeEndArray();
      }
      case Map<?, ?> members -> {
        json.writeStartObject();
        members.forEach((key, member) -> {
          json.writeName(key.toString());
          write(json, member);
        });
        json.writeEndObject();
      }
      default -> json.writeString(value.toString());
    }
  }
}
