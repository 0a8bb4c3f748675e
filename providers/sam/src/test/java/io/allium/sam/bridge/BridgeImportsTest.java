package io.allium.sam.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bridge proves something only as long as it sees the public API, SAM's protocol and the JDK alone. */
class BridgeImportsTest {
  private static final Path SOURCES = Path.of("src/test/java/io/allium/sam/bridge");

  private static final Pattern NAMES =
      Pattern.compile("\\b(?:io\\.allium|org|com)\\.[\\w.]+|\\bimport (?:static )?[\\w.]+");

  private static final Pattern ALLOWED = Pattern.compile("(?:import (?:static )?)?"
      + "(?:java\\.[\\w.]+|io\\.allium\\.[A-Z]\\w*|io\\.allium\\.protocol\\.sam\\.[A-Z]\\w*"
      + "|org\\.jspecify\\.annotations\\.\\w+|io\\.allium\\.sam\\.bridge[\\w.]*)");

  @Test
  void theBridgeUsesThePublicApiAlone() throws IOException {
    List<Path> bridge;
    try (Stream<Path> files = Files.list(SOURCES)) {
      bridge = files
          .filter(file -> !file.toString().endsWith("Test.java"))
          .filter(file -> !file.toString().endsWith("Subject.java"))
          .toList();
    }
    assertThat(bridge).hasSizeGreaterThan(5);
    for (Path file : bridge) {
      assertThat(NAMES.matcher(Files.readString(file)).results().map(MatchResult::group))
          .as(file.toString())
          .isNotEmpty()
          .allMatch(name -> ALLOWED.matcher(name).matches());
    }
  }
}
