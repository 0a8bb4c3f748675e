package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.tck.CapabilityMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the documentation says of the code is so. */
class DocumentedFactsTest {
  private static final Path TOP = Path.of("..");

  @Test
  void thePageOfCapabilitiesShowsTheMatrix() throws IOException {
    String page = Files.readString(TOP.resolve("docs/capabilities.md"));
    CapabilityMatrix.read()
        .rows()
        .forEach(row -> assertThat(page).contains("| " + String.join(" | ", row) + " |\n"));
  }

  @ParameterizedTest
  @CsvSource({"standards.md, 50", "pains.md, 20"})
  void everyClassAndTestThatATableNamesExists(String page, int atLeast) throws IOException {
    Set<String> sources;
    try (Stream<Path> files = Files.walk(TOP)) {
      sources = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
    List<String> named = Pattern.compile("`([A-Z][A-Za-z0-9]+)`")
        .matcher(Files.readString(TOP.resolve("docs").resolve(page)))
        .results()
        .map(match -> match.group(1))
        .toList();
    assertThat(named)
        .hasSizeGreaterThan(atLeast)
        .allMatch(name -> sources.contains(name + ".java"));
  }
}
