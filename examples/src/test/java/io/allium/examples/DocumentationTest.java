package io.allium.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every Java snippet of README.md and docs/ compiles. */
class DocumentationTest {
  /** Removed by JUnit whether snippets compile or not. */
  @TempDir
  Path classes;

  private static final Path TOP = Path.of("..");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)\\)");

  /** A snippet is a whole program, statements, or methods. */
  private static final Pattern METHOD =
      Pattern.compile("^(static )?(void|[A-Z]\\w+) \\w+\\(.*\\{$", Pattern.MULTILINE);

  private static final String IMPORTS = """
      import io.allium.*;
      import io.allium.memory.*;
      import io.allium.proxy.forward.*;
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
                page.getFileName() + " " + target,
                () -> assertThat(page.resolveSibling(target)).exists())));
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
