package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Jars of Java I2P are for tests and measurements: nothing that is deployed brings them. */
class JavaRouterUsersTest {
  private static final Path TOP = Path.of("..");
  private static final Pattern MANAGED =
      Pattern.compile("<dependencyManagement>.*?</dependencyManagement>", Pattern.DOTALL);
  private static final Pattern SHIPPED = Pattern.compile(
      "<groupId>net\\.i2p</groupId>\\s*<artifactId>[^<]+</artifactId>\\s*(?!<scope>test</scope>)<");

  @Test
  void onlyModulesThatAreNotDeployedBringTheJavaRouter() throws IOException {
    List<Path> bringing;
    try (Stream<Path> files = Files.walk(TOP, 3)) {
      bringing = files
          .filter(file -> file.endsWith("pom.xml"))
          .filter(
              pom -> SHIPPED.matcher(MANAGED.matcher(text(pom)).replaceAll("")).find())
          .map(TOP::relativize)
          .toList();
    }
    assertThat(bringing)
        .containsExactlyInAnyOrder(
            Path.of("benchmarks/pom.xml"), Path.of("interop/javanet/pom.xml"))
        .allSatisfy(pom -> assertThat(text(TOP.resolve(pom)))
            .contains("<maven.deploy.skip>true<", "<maven.install.skip>true<"));
  }

  /** All other measurements are of ours. */
  @Test
  void onlyTheOpponentsInMeasurementsNameTheJavaRouter() throws IOException {
    try (Stream<Path> files = Files.walk(TOP.resolve("benchmarks/src/main/java"))) {
      assertThat(files
              .filter(Files::isRegularFile)
              .filter(file -> text(file).contains("net.i2p."))
              .map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("StockI2cp.java", "I2cpParsing.java");
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
