package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.tck.CapabilityMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
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
  @CsvSource({"standards.md, 50", "pains.md, 20", "libraries.md, 12"})
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
        .allMatch(name -> sources.contains(name + ".java") || sources.contains(name + ".kt"));
  }

  @ParameterizedTest
  @CsvSource({"okhttp", "httpclient", "jetty", "junit", "micrometer"})
  void theTableOfLibrariesHasTheVersionsThatTestsRunWith(String library) throws IOException {
    Matcher version = Pattern.compile("<" + library + "\\.version>(.+)</")
        .matcher(Files.readString(TOP.resolve("pom.xml")));
    assertThat(version.find()).isTrue();
    assertThat(Files.readString(TOP.resolve("docs/libraries.md")))
        .contains("| " + version.group(1) + " |");
  }

  @ParameterizedTest
  @CsvSource({"kotlin-stdlib", "kotlinx-coroutines-core-jvm", "ktor-client-okhttp-jvm"})
  void thePagesHaveTheVersionsOfTheKotlinConsumer(String library) throws IOException {
    String pom = Files.readString(TOP.resolve("interop/src/consumers/coroutines/pom.xml"));
    Matcher version =
        Pattern.compile(library + "</artifactId>\\s*<version>(.+)</").matcher(pom);
    assertThat(version.find()).isTrue();
    Matcher kotlin = Pattern.compile("<kotlin\\.version>(.+)</").matcher(pom);
    assertThat(kotlin.find()).isTrue();
    String number = version.group(1).replace("${kotlin.version}", kotlin.group(1));
    assertThat(Files.readString(TOP.resolve("docs/libraries.md"))).contains(number);
    assertThat(Files.readString(TOP.resolve("docs/kotlin.md"))).contains(number);
  }
}
