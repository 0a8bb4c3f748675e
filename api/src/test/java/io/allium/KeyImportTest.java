package io.allium;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys in the forms in which people and other programs keep them. */
class KeyImportTest {
  @TempDir
  Path directory;

  private final DestinationKeys keys = DestinationKeys.generate();
  private final String base64 = keys.exportBase64();

  @AfterEach
  void close() {
    keys.close();
  }

  @ParameterizedTest
  @EnumSource(SignatureType.class)
  void aKeyFileIsImportedAsItIs(SignatureType type) throws IOException {
    try (DestinationKeys theirs = DestinationKeys.generate(type)) {
      Path file = Files.write(directory.resolve("theirs.dat"), theirs.export());
      try (DestinationKeys imported = DestinationKeys.importFrom(file)) {
        assertThat(imported.export()).isEqualTo(theirs.export());
      }
    }
  }

  @Test
  void textIsImportedHoweverItIsWritten() throws IOException {
    assertImports(base64);
    assertImports(base64.replace("=", ""));
    assertImports(base64 + "\n");
    assertImports("\uFEFF" + base64 + "\r\n");
    assertImports("\"" + base64 + "\"\n");
    assertImports(base64.replaceAll("(.{64})", "$1\r\n"));
    assertImports(Base64.getEncoder().encodeToString(keys.export()));
    assertImports(Base64.getUrlEncoder().encodeToString(keys.export()));
    assertImports(Base64.getMimeEncoder().encodeToString(keys.export()));
    assertImports("HELLO REPLY RESULT=OK VERSION=3.1\nDEST REPLY PUB="
        + keys.destination().base64() + " PRIV=" + base64 + "\n");
    assertImports("\uFEFF" + base64 + "\r\n", StandardCharsets.UTF_16LE);
    assertImports("\uFEFF" + base64 + "\r\n", StandardCharsets.UTF_16BE);
  }

  private void assertImports(String text) throws IOException {
    assertImports(text, StandardCharsets.UTF_8);
  }

  private void assertImports(String text, Charset charset) throws IOException {
    Path file = Files.write(directory.resolve("keys.txt"), text.getBytes(charset));
    try (DestinationKeys imported = DestinationKeys.importFrom(file)) {
      assertThat(imported.export()).as(charset + " of " + text.length()).isEqualTo(keys.export());
    }
  }

  @Test
  void aFileOfTextIsNoKeyFileAndSaysWhatToDo() throws IOException {
    Path file = Files.writeString(directory.resolve("keys.txt"), base64 + "\r\n");
    I2pException error = Expect.error(ErrorKind.KEY_INVALID, () -> DestinationKeys.load(file));
    assertThat(error)
        .hasMessageContainingAll(file.toString(), "allium keys import", "importFrom")
        .hasMessageNotContaining("backup");
    Expect.error(ErrorKind.KEY_INVALID, () -> DestinationKeys.loadOrCreate(file));
    assertThat(file).hasContent(base64 + "\r\n");
  }

  @Test
  void theLongestKeysAsTextAreImported() throws IOException {
    try (DestinationKeys longest = DestinationKeys.generate(SignatureType.ECDSA_SHA512_P521)) {
      Path file = Files.write(
          directory.resolve("long.txt"),
          ("\uFEFF" + longest.exportBase64()).getBytes(StandardCharsets.UTF_16LE));
      try (DestinationKeys imported = DestinationKeys.importFrom(file)) {
        assertThat(imported.export()).isEqualTo(longest.export());
      }
    }
  }

  @Test
  void aDestinationAloneIsToldFromKeys() throws IOException {
    Path file =
        Files.writeString(directory.resolve("pub.txt"), keys.destination().base64());
    assertThat(Expect.error(ErrorKind.KEY_INVALID, () -> DestinationKeys.importFrom(file)))
        .hasMessageContaining("public half");
  }

  @Test
  void whatHoldsNoKeysIsRefusedAndNotRepeated() throws IOException {
    for (String text : new String[] {
      "", "not keys", "PRIV=", base64.substring(4), base64.substring(0, 880), base64 + base64
    }) {
      Path file = Files.writeString(directory.resolve("keys.txt"), text);
      I2pException error =
          Expect.error(ErrorKind.KEY_INVALID, () -> DestinationKeys.importFrom(file));
      assertThat(error).hasMessageContaining(file.toString());
      assertThat(text.isEmpty() || !error.toString().contains(text)).isTrue();
    }
    Path large = Files.write(directory.resolve("large"), new byte[1 << 16]);
    Expect.error(ErrorKind.KEY_INVALID, () -> DestinationKeys.importFrom(large));
    Expect.error(ErrorKind.CONFIG_INVALID, () -> DestinationKeys.importFrom(directory));
  }
}
