package io.allium.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The Java that a page shows. */
final class Sources {
  private static final Pattern SNIPPET = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern PROGRAM =
      Pattern.compile("^public class (\\w+) \\{$", Pattern.MULTILINE);

  private Sources() {}

  static List<String> of(Path page) throws IOException {
    return SNIPPET
        .matcher(Files.readString(page))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  static boolean isProgram(String snippet) {
    return PROGRAM.matcher(snippet).find();
  }

  /** The name of a program. */
  static String name(String program) {
    Matcher name = PROGRAM.matcher(program);
    assertThat(name.find()).isTrue();
    return name.group(1);
  }

  static void compile(String name, String source, Path classes) {
    StringWriter messages = new StringWriter();
    boolean compiled = ToolProvider.getSystemJavaCompiler()
        .getTask(
            messages,
            null,
            null,
            List.of(
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-proc:none"),
            null,
            List.of(
                new SimpleJavaFileObject(
                    URI.create("string:///" + name + ".java"), SimpleJavaFileObject.Kind.SOURCE) {
                  @Override
                  public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                    return source;
                  }
                }))
        .call();
    assertThat(compiled).as(() -> messages + "\n" + source).isTrue();
  }
}
