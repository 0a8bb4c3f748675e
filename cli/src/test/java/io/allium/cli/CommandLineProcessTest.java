package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a process shows: signals, and what the system gives to a program. */
@Execution(ExecutionMode.CONCURRENT)
class CommandLineProcessTest {
  @TempDir
  Path folder;

  @Test
  void numbersAreAlikeInEveryLanguage() throws Exception {
    try (Program demo = Program.start(
        Map.of("JAVA_TOOL_OPTIONS", "-Duser.language=de -Duser.country=DE"), "demo")) {
      Program.Result result = demo.end();
      assertThat(result.code()).as(result.errors()).isZero();
      assertThat(result.output())
          .anyMatch(line -> line.matches("PING answered with PONG in [0-9]+\\.[0-9] ms"));
      assertThat(result.output().getLast()).matches("demo ok in [0-9]+\\.[0-9] s");
    }
  }

  @Test
  void whatAFullDiskDoesNotTakeIsNotDone() throws Exception {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();
    try (Program help = Program.start(full, Map.of(), "--help")) {
      Program.Result result = help.end();
      assertThat(result.code()).isEqualTo(73);
      assertThat(result.errors()).startsWith("allium: ").hasLineCount(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void aRunningCommandSaysWhatItOpenedAndEndsOnSignals(String signal) throws Exception {
    Path files = Files.createDirectory(folder.resolve("public"));
    Path keys = folder.resolve("keys");
    try (Program site = Program.start(
        Map.of("ALLIUM_ROUTER", "memory:x"),
        "serve",
        files.toString(),
        "--keys",
        keys.toString())) {
      assertThat(site.line()).matches("address [a-z2-7]{52}\\.b32\\.i2p");
      assertThat(site.line()).isEqualTo("ready");
      site.signal(signal);
      Program.Result result = site.end();
      assertThat(result.code()).isZero();
      assertThat(result.errors()).doesNotContain("allium: ");
    }
    assertThat(keys).exists();
  }

  @Test
  void quietSaysNothingButErrors() throws Exception {
    try (Program server =
        Program.start(Map.of(), "-q", "--router", "memory:x", "ping-pong", "server")) {
      assertThat(server.line()).startsWith("address ");
      assertThat(server.line()).isEqualTo("ready");
      server.terminate();
      assertThat(server.end().errors()).isEmpty();
    }
  }

  @Test
  void stoppedBeforeReadyIsInterrupted() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Program program = Program.start(
            Map.of(),
            "--router",
            "sam://127.0.0.1:" + silent.getLocalPort(),
            "ping-pong",
            "server")) {
      silent.accept();
      program.terminate();
      assertThat(program.end().code()).isEqualTo(130);
    }
  }
}
