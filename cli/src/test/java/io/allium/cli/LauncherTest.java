package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher in a checkout whose build takes what is already compiled, with a JDK that says how often it is started. */
class LauncherTest {
  private static final long LIMIT_SECONDS = 120;

  private static final List<String> SOURCES = List.of(
      "pom.xml",
      "cli/pom.xml",
      "protocols/sam/pom.xml",
      "providers/sam/pom.xml",
      "api/src/main/A.java",
      "protocols/sam/src/main/A.java",
      "providers/sam/src/main/A.java",
      "proxy/src/main/A.java",
      "cli/src/main/A.java");

  @TempDir
  static Path folder;

  private static Path checkout;
  private static Path jdk;

  private record Result(int code, String output, String errors) {}

  @BeforeAll
  static void checkOut() throws IOException {
    checkout = Files.createDirectory(folder.resolve("checkout"));
    Path top = Path.of("..").toRealPath();
    for (String file : List.of("allium", ".mvn/find-jdk.sh")) {
      Files.createDirectories(checkout.resolve(file).getParent());
      Files.copy(top.resolve(file), checkout.resolve(file));
    }
    for (String source : SOURCES) {
      Files.createDirectories(checkout.resolve(source).getParent());
      Files.writeString(checkout.resolve(source), "");
    }
    jar();
    program(
        checkout.resolve("mvnw"),
        "echo build >> builds; mkdir -p cli/target/launcher/dist/lib;"
            + " ln -s \"$PWD\"/jars/* cli/target/launcher/dist/lib/");
    program(folder.resolve("bin/unzip"), "exit 1");
    jdk = folder.resolve("jdk");
    Path home = Path.of(System.getProperty("java.home"));
    program(
        jdk.resolve("bin/java"),
        "echo start >> '" + folder.resolve("starts") + "'; exec '" + home.resolve("bin/java")
            + "' \"$@\"");
    program(jdk.resolve("bin/javac"), "exit 1");
    Files.copy(home.resolve("release"), jdk.resolve("release"));
  }

  /** Classes in a folder cannot be laid out for a fast start. */
  private static void jar() throws IOException {
    Path jars = Files.createDirectory(checkout.resolve("jars"));
    int number = 100;
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path from = Path.of(entry);
      Path to = jars.resolve(number++ + ".jar");
      if (Files.isRegularFile(from)) {
        Files.createSymbolicLink(to, from);
      } else if (Files.isDirectory(from)) {
        int code = ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(System.out, System.err, "cf", to.toString(), "-C", entry, ".");
        assertThat(code).isZero();
      }
    }
  }

  private static void program(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "LC_ALL=C", "LANG=POSIX", "LC_CTYPE=de_DE.ISO-8859-1"})
  void theLocaleChangesNoNameAndNoOutput(String locale) throws Exception {
    Path place = Files.createTempDirectory(folder, "names");
    Map<String, String> environment =
        locale.isEmpty() ? Map.of() : Map.of(locale.split("=")[0], locale.split("=")[1]);
    Path script = Files.writeString(place.resolve("script"), """
        set -e
        mkdir straße
        "$1" keys new straße/schlüssel.keys > /dev/null
        ls straße
        "$1" keys show @straße || echo code $?
        """, StandardCharsets.UTF_8);
    Result result =
        run(place, environment, Redirect.PIPE, "sh", script.toString(), checkout + "/allium");
    assertThat(result.output()).as(result.errors()).isEqualTo("schlüssel.keys\ncode 65\n");
    assertThat(result.errors()).contains("@straße: there is no such file");
  }

  @Test
  void theHelpIsPrintedWithoutAJvm() throws Exception {
    List<String> help = Within.run("--help").output();
    launch("--help");
    long starts = lines("starts");
    for (String[] arguments : new String[][] {{"--help"}, {"-h"}, {}}) {
      Result result = launch(arguments);
      assertThat(result.output().lines().toList()).isEqualTo(help);
      assertThat(result.errors()).isEmpty();
      assertThat(result.code()).isZero();
    }
    assertThat(lines("starts")).isEqualTo(starts);
    assertThat(launch("--help", "status").output()).isEqualTo(launch("--help").output());
    assertThat(launch("status", "--help").output()).contains("--watch");
  }

  @Test
  void helpThatAFullDiskDoesNotTakeIsNotDone() throws Exception {
    File full = new File("/dev/full");
    assumeThat(full).exists();
    launch("--help");
    Result result = run(folder, Map.of(), Redirect.to(full), checkout + "/allium", "--help");
    assertThat(result.code()).isEqualTo(73);
    assertThat(result.errors()).startsWith("allium: ").hasLineCount(1);
  }

  @Test
  void aChangeOfTheSourcesIsBuilt() throws Exception {
    launch("--help");
    long builds = lines("checkout/builds");
    launch("--help");
    assertThat(lines("checkout/builds")).isEqualTo(builds);

    Path source = checkout.resolve("proxy/src/main/A.java");
    Files.writeString(source, "// changed");
    launch("--help");
    assertThat(lines("checkout/builds")).isEqualTo(builds + 1);

    Path added = Files.writeString(checkout.resolve("cli/src/main/B.java"), "");
    launch("--help");
    assertThat(lines("checkout/builds")).isEqualTo(builds + 2);

    Files.delete(added);
    launch("--help");
    assertThat(lines("checkout/builds")).isEqualTo(builds + 3);
    launch("--help");
    assertThat(lines("checkout/builds")).isEqualTo(builds + 3);
  }

  private static long lines(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file)).size();
  }

  private static Result launch(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = checkout + "/allium";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return run(folder, Map.of(), Redirect.PIPE, command);
  }

  private static Result run(
      Path place, Map<String, String> environment, Redirect output, String... command)
      throws Exception {
    Path errors = Files.createTempFile(folder, "errors", "");
    ProcessBuilder builder = new ProcessBuilder(command)
        .directory(place.toFile())
        .redirectError(errors.toFile())
        .redirectOutput(output);
    builder.environment().clear();
    builder.environment().put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
    builder.environment().put("ALLIUM_JAVA", jdk.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String printed = output.equals(Redirect.PIPE)
        ? new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        : "";
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), printed, Files.readString(errors));
  }
}
