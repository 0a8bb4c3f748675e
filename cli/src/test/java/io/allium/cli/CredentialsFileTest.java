package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.allium.Credentials;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsFileTest {
  private static final Credentials ME = Credentials.of("jürgen", "open sesame ".toCharArray());

  @TempDir
  Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jürgen\nopen sesame \n",
        "jürgen\nopen sesame ",
        "jürgen\r\nopen sesame \r\n",
        "\uFEFFjürgen\r\nopen sesame \r\n",
      })
  void editorsOfEverySystemWriteTheSame(String text) throws Exception {
    Path file = folder.resolve("auth");
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    assertThat(CredentialsFile.read(file)).isEqualTo(ME);
  }

  @Test
  void aMarkInFrontTellsUtf16() throws Exception {
    Path file = folder.resolve("auth");
    Files.write(file, "\uFEFFjürgen\r\nopen sesame \r\n".getBytes(StandardCharsets.UTF_16LE));
    assertThat(CredentialsFile.read(file)).isEqualTo(ME);
    Files.write(file, "jürgen\nopen sesame \n".getBytes(StandardCharsets.UTF_16));
    assertThat(CredentialsFile.read(file)).isEqualTo(ME);
  }

  @Test
  void whatIsNoSuchFileIsRefusedAndNotRepeated() throws Exception {
    Path file = folder.resolve("auth");
    for (byte[] content : new byte[][] {
      {},
      "sesame".getBytes(StandardCharsets.UTF_8),
      "\nsesame\n".getBytes(StandardCharsets.UTF_8),
      "jürgen\nsesame\n".getBytes(StandardCharsets.ISO_8859_1),
      "sesame\n".repeat(1000).getBytes(StandardCharsets.UTF_8)
    }) {
      Files.write(file, content);
      CommandFailure failure =
          catchThrowableOfType(CommandFailure.class, () -> CredentialsFile.read(file));
      assertThat(failure.exitCode()).isEqualTo(78);
      assertThat(failure).hasMessageNotContaining("sesame").hasMessageContaining(file.toString());
    }
  }
}
