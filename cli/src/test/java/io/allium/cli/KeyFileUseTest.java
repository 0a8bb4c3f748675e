package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DestinationKeys;
import io.allium.SignatureType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Files of keys and passwords that people bring, and two programs with one. */
@Execution(ExecutionMode.CONCURRENT)
class KeyFileUseTest {
  @TempDir
  Path folder;

  @Test
  void keysAsTextAreImportedOnceForTheirOwnerAlone() throws Exception {
    Path file = folder.resolve("imported.keys");
    try (DestinationKeys keys = DestinationKeys.generate(SignatureType.ED25519)) {
      Path text = Files.writeString(folder.resolve("keys.txt"), keys.exportBase64() + "\r\n");
      Program.Result shown = Within.run("keys", "show", text.toString());
      assertThat(shown.code()).isEqualTo(65);
      assertThat(shown.errors()).contains("allium keys import").doesNotContain("backup");

      Program.Result made = Within.run("keys", "import", text.toString(), file.toString());
      assertThat(made.code()).as(made.errors()).isZero();
      assertThat(made.output().getFirst())
          .isEqualTo("address " + keys.destination().base32().text());
      assertThat(Files.readAllBytes(file)).isEqualTo(keys.export());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      Program.Result again = Within.run("keys", "import", text.toString(), file.toString());
      assertThat(again.code()).isEqualTo(73);

      Path piped = folder.resolve("piped.keys");
      try (Program program = Program.start(Map.of(), "keys", "import", "-", piped.toString())) {
        program.input().write(keys.exportBase64().getBytes(StandardCharsets.US_ASCII));
        program.input().close();
        assertThat(program.end().code()).isZero();
      }
      assertThat(Files.readAllBytes(piped)).isEqualTo(keys.export());
    }
  }

  @Test
  void whatHoldsNoKeysIsNotImported() throws Exception {
    Path file = folder.resolve("none.keys");
    Path text = Files.writeString(folder.resolve("text"), "my keys");
    for (String from : new String[] {text.toString(), folder.toString(), "/no/such/file"}) {
      Program.Result result = Within.run("keys", "import", from, file.toString());
      assertThat(result.code()).as(result.errors()).isEqualTo(65);
      assertThat(result.errors()).hasLineCount(1);
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void theSecondProgramWithTheSameKeysIsToldAndServes() throws Exception {
    Path keys = folder.resolve("site.keys");
    try (Program first = serve(keys)) {
      awaitReady(first);
      assertThat(first.errors()).doesNotContain("another program");
      try (CommandRun second = serveWithin(keys)) {
        second.address();
        assertThat(second.said("another program")).contains(keys.toString());
      }
      first.terminate();
      assertThat(first.end().code()).isZero();
    }
    try (CommandRun third = serveWithin(keys)) {
      third.address();
      assertThat(third.hasSaid("another program")).isFalse();
    }
  }

  private static Program serve(Path keys) throws Exception {
    return Program.start(
        Map.of(), "--router", "memory:x", "ping-pong", "server", "--keys", keys.toString());
  }

  private static CommandRun serveWithin(Path keys) {
    PingPongCommand.Server command = new PingPongCommand.Server();
    command.keys = keys;
    return CommandRun.start(URI.create("memory:x"), command);
  }

  private static void awaitReady(Program program) throws Exception {
    assertThat(program.line()).startsWith("address ");
    assertThat(program.line()).isEqualTo("ready");
  }
}
