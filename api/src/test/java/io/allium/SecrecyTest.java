package io.allium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.allium.protocol.structures.I2pBase64;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecrecyTest {
  @TempDir
  Path directory;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 13})
  void aPlantedLeakIsFound(int before) {
    byte[] secret = new byte[32];
    byte[] around = new byte[before + 16 + 5];
    new Random(before).nextBytes(secret);
    new Random(99).nextBytes(around);
    System.arraycopy(secret, 9, around, before, 16);
    SecretSearch search = SecretSearch.forAny(secret);
    List<String> leaks = List.of(
        new String(around, StandardCharsets.ISO_8859_1),
        HexFormat.of().formatHex(around),
        HexFormat.of().withUpperCase().formatHex(around),
        Base64.getEncoder().encodeToString(around),
        Base64.getUrlEncoder().encodeToString(around),
        I2pBase64.encode(around),
        Arrays.toString(around));
    assertThat(leaks)
        .allSatisfy(leak -> assertThat(search.findIn("x" + leak + "y")).isPresent());
    around[before + 8] ^= 1;
    assertThat(search.findIn(I2pBase64.encode(around))).isEmpty();
    assertThat(
            search.findIn(new IllegalStateException("a", new IllegalStateException(leaks.get(5)))))
        .isPresent();
  }

  @ParameterizedTest
  @EnumSource(SignatureType.class)
  void noTextShowsAKey(SignatureType type) throws Exception {
    try (DestinationKeys keys = DestinationKeys.generate(type);
        DestinationKeys other = DestinationKeys.generate(type)) {
      byte[] material = keys.export();
      byte[] secret =
          Arrays.copyOfRange(material, keys.destination().toByteArray().length, material.length);
      SecretSearch search = SecretSearch.forAny(secret, keys.destination().toByteArray());
      assertThat(search.findIn(keys.toString())).isEmpty();
      assertThat(search.findIn(keys.destination().toString())).isEmpty();
      assertThat(search.findIn(I2pAddress.of(keys.destination(), 80).toString()))
          .isEmpty();

      List<byte[]> unusable = new ArrayList<>();
      // Shorter ones may be good host names.
      for (int length = 63; length < material.length; length += 7) {
        unusable.add(Arrays.copyOf(material, length));
      }
      unusable.add(Arrays.copyOf(material, material.length + 3));
      byte[] mixed = material.clone();
      System.arraycopy(other.export(), 0, mixed, 0, other.destination().toByteArray().length);
      unusable.add(mixed);
      Path file = directory.resolve("keys");
      for (byte[] bytes : unusable) {
        String text = I2pBase64.encode(bytes);
        Files.write(file, bytes);
        assertSilent(search, () -> DestinationKeys.parse(bytes));
        assertSilent(search, () -> DestinationKeys.parse(text));
        assertSilent(search, () -> DestinationKeys.parse(text + "!"));
        assertSilent(search, () -> DestinationKeys.load(file));
        assertSilent(search, () -> Destination.of(bytes));
        assertSilent(search, () -> Destination.parse(text));
        assertSilent(search, () -> I2pName.parse(text));
        assertSilent(search, () -> I2pName.parse(text + ".i2p"));
        assertSilent(search, () -> I2pName.parse(text + ".b32.i2p"));
        assertSilent(search, () -> I2pName.parse("http://" + text));
        assertSilent(search, () -> I2pAddress.parse(text + ":x"));
      }
    }
  }

  /** Other libraries take keys where Allium takes the path of a file with them. */
  @ParameterizedTest
  @EnumSource(SignatureType.class)
  void keysThatAreGivenAsAPathAreNotRepeated(SignatureType type) throws Exception {
    try (DestinationKeys keys = DestinationKeys.generate(type)) {
      byte[] material = keys.export();
      byte[] secret =
          Arrays.copyOfRange(material, keys.destination().toByteArray().length, material.length);
      SecretSearch search = SecretSearch.forAny(secret, keys.destination().toByteArray());
      for (String text :
          List.of(keys.exportBase64(), Base64.getEncoder().encodeToString(material))) {
        Path path = Path.of(text);
        assertSilent(search, () -> DestinationKeys.load(path));
        assertSilent(search, () -> DestinationKeys.loadOrCreate(path));
        assertSilent(search, () -> DestinationKeys.create(path, type));
        assertSilent(search, () -> keys.save(directory.resolve(text)));
      }
    }
  }

  private static void assertSilent(SecretSearch search, ThrowingAction action) {
    Throwable thrown = catchThrowable(action::run);
    assertThat(thrown).isInstanceOf(I2pException.class);
    assertThat(search.findIn(thrown)).isEmpty();
  }

  @Test
  void keysHaveNoOtherText() {
    try (DestinationKeys keys = DestinationKeys.generate()) {
      assertThat(keys.toString())
          .hasSizeLessThan(50)
          .contains(keys.destination().toString());
    }
  }

  private interface ThrowingAction {
    void run() throws Exception;
  }
}
