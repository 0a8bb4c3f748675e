package io.allium.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every Java snippet of README.md and docs/ compiles. */
class DocumentationTest {
  /** Removed by JUnit whether snippets compile or not. */
  @TempDir
  Path classes;

  private static final Path TOP = Path.of("..");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");
  private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);

  /** A snippet is a whole program, statements, or methods. */
  private static final Pattern METHOD =
      Pattern.compile("^(static )?(void|boolean|[A-Z]\\w+) \\w+\\(.*\\{$", Pattern.MULTILINE);

  private static final String IMPORTS = """
      import io.allium.*;
      import io.allium.i2cp.*;
      import io.allium.memory.*;
      import io.allium.proxy.*;
      import io.allium.proxy.forward.*;
      import io.allium.proxy.http.*;
      import io.allium.proxy.socks.*;
      import io.allium.sockets.*;
      import java.io.*;
      import java.net.*;
      import java.nio.file.*;
      import java.time.*;
      import java.util.*;
      import java.util.concurrent.*;
      """;

  @TestFactory
  Stream<DynamicTest> everyLinkLeadsSomewhere() throws IOException {
    List<Path> pages = pages();
    pages.addAll(List.of(
        TOP.resolve("ARCHITECTURE.md"),
        Path.of("README.md"),
        Path.of("real-network", "README.md"),
        TOP.resolve("CONTRIBUTING.md"),
        TOP.resolve("SECURITY.md")));
    return pages.stream()
        .flatMap(page -> LINK.matcher(read(page))
            .results()
            .map(link -> link.group(1))
            .filter(target -> !target.contains("://"))
            .map(target -> DynamicTest.dynamicTest(
                page.getFileName() + " " + target, () -> assertLeadsSomewhere(page, target))));
  }

  /** To a file, and to a heading of it if one is named. */
  private static void assertLeadsSomewhere(Path page, String target) {
    String[] fileAndHeading = target.split("#", 2);
    Path file = fileAndHeading[0].isEmpty() ? page : page.resolveSibling(fileAndHeading[0]);
    assertThat(file).exists();
    if (fileAndHeading.length == 2) {
      assertThat(HEADING.matcher(read(file)).results().map(heading -> anchor(heading.group(1))))
          .contains(fileAndHeading[1]);
    }
  }

  /** As pages of GitHub name it. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }

  private static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(TOP.resolve("README.md")));
    try (Stream<Path> docs = Files.walk(TOP.resolve("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }

  @TestFactory
  Stream<DynamicTest> everySnippetCompiles() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path page : pages()) {
      List<String> snippets = Sources.of(page);
      for (int i = 0; i < snippets.size(); i++) {
        String snippet = snippets.get(i);
        tests.add(DynamicTest.dynamicTest(
            page.getFileName() + " " + (i + 1), () -> compile(snippet, classes)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(5);
    return tests.stream();
  }

  /** A consumer of the released jars compiles and runs these. */
  @Test
  void theKotlinOfAPageIsThatOfAProgram() throws IOException {
    String page = read(TOP.resolve("docs").resolve("kotlin.md"));
    try (Stream<Path> files =
        Files.list(TOP.resolve("interop/src/consumers/coroutines/src/main/kotlin"))) {
      List<Path> programs = files.toList();
      assertThat(page.split("```kotlin\nimport ", -1)).hasSize(programs.size() + 1);
      assertThat(programs)
          .isNotEmpty()
          .allSatisfy(file -> assertThat(page).contains("```kotlin\n" + read(file) + "```\n"));
    }
  }

  private static void compile(String snippet, Path classes) {
    if (Sources.isProgram(snippet)) {
      Sources.compile(Sources.name(snippet), snippet, classes);
      return;
    }
    String body = METHOD.matcher(snippet).find()
        ? snippet
        : "void run() throws Exception {\n" + snippet + "\n}";
    Sources.compile("Snippet", IMPORTS + "abstract class Snippet {\n" + body + "\n}\n", classes);
  }
}
