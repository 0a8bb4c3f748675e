package io.allium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.lang.reflect.Field;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DestinationKeysTest {
  @ParameterizedTest
  @CsvSource({
    "0, 516, 884",
    "1, 524, 908",
    "2, 524, 928",
    "3, 528, 956",
    "7, 524, 908",
    "11, 524, 908"
  })
  void haveTheLengthsOfTheirType(int code, int publicLength, int privateLength) {
    SignatureType type = SignatureType.ofCode(code).orElseThrow();
    try (DestinationKeys keys = DestinationKeys.generate(type)) {
      assertThat(keys.destination().base64()).hasSize(publicLength);
      assertThat(keys.exportBase64())
          .hasSize(privateLength)
          .startsWith(keys.destination().base64().substring(0, 512));
      assertThat(keys.signatureType()).isEqualTo(type);
      assertThat(keys.isOffline()).isFalse();
      assertThat(keys.expires()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(SignatureType.class)
  void readBackAsTheyWere(SignatureType type) throws I2pException {
    try (DestinationKeys keys = DestinationKeys.generate(type);
        DestinationKeys fromBytes = DestinationKeys.parse(keys.export());
        DestinationKeys fromText = DestinationKeys.parse(keys.exportBase64())) {
      assertThat(fromBytes.export()).isEqualTo(keys.export());
      assertThat(fromText.export()).isEqualTo(keys.export());
      assertThat(fromBytes.destination()).isEqualTo(keys.destination());
    }
  }

  @Test
  void areDifferentEachTime() {
    try (DestinationKeys one = DestinationKeys.generate();
        DestinationKeys two = DestinationKeys.generate()) {
      assertThat(one.signatureType()).isEqualTo(SignatureType.ED25519);
      byte[] mine = one.export();
      byte[] other = two.export();
      for (int at = 0; at < 384; at += 32) {
        assertThat(Arrays.copyOfRange(mine, at, at + 32))
            .isNotEqualTo(Arrays.copyOfRange(other, at, at + 32));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SignatureType.class)
  void cutShortAnywhereTheyAreRefused(SignatureType type) {
    try (DestinationKeys keys = DestinationKeys.generate(type)) {
      byte[] all = keys.export();
      for (int length = 0; length < all.length; length++) {
        byte[] cut = Arrays.copyOf(all, length);
        Expect.error(ErrorKind.KEY_INVALID, () -> DestinationKeys.parse(cut));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SignatureType.class)
  void bytesAfterTheirEndAreRefused(SignatureType type) {
    try (DestinationKeys keys = DestinationKeys.generate(type)) {
      byte[] longer = Arrays.copyOf(keys.export(), keys.export().length + 1);
      I2pException error = Expect.error(ErrorKind.KEY_INVALID, () -> DestinationKeys.parse(longer));
      assertThat(error).hasMessageContaining("1 bytes after");
    }
  }

  @ParameterizedTest
  @EnumSource(SignatureType.class)
  void aPrivateKeyOfAnotherDestinationIsRefused(SignatureType type) {
    try (DestinationKeys keys = DestinationKeys.generate(type);
        DestinationKeys other = DestinationKeys.generate(type)) {
      byte[] mixed = keys.export();
      int at = mixed.length - type.privateKeyLength();
      System.arraycopy(other.export(), at, mixed, at, type.privateKeyLength());
      I2pException error = Expect.error(ErrorKind.KEY_INVALID, () -> DestinationKeys.parse(mixed));
      assertThat(error).hasMessageContaining("does not belong");
    }
  }

  @Test
  void unknownTypesAreRefused() {
    try (DestinationKeys keys = DestinationKeys.generate()) {
      for (int at : new int[] {387, 388, 389, 390}) {
        byte[] changed = keys.export();
        changed[at] = 99;
        I2pException error =
            Expect.error(ErrorKind.KEY_INVALID, () -> DestinationKeys.parse(changed));
        assertThat(error).hasMessageContaining("not supported");
      }
    }
  }

  @Test
  void otherTextThanBase64IsRefused() {
    try (DestinationKeys keys = DestinationKeys.generate()) {
      String text = keys.exportBase64();
      for (String other :
          new String[] {"", text + "\n", "+" + text.substring(1), text + "A", "A".repeat(20_000)}) {
        Expect.error(ErrorKind.KEY_INVALID, () -> DestinationKeys.parse(other));
      }
      Expect.error(
          ErrorKind.KEY_INVALID, () -> DestinationKeys.parse(keys.destination().base64()));
    }
  }

  @Test
  void keysPastedAsANameAreRefused() {
    try (DestinationKeys keys = DestinationKeys.generate()) {
      I2pException error =
          Expect.error(ErrorKind.NAME_INVALID, () -> I2pName.parse(keys.exportBase64()));
      assertThat(error).hasMessageContaining("secret");
    }
  }

  @Test
  void closedKeysGiveNothingAway() throws I2pException {
    DestinationKeys keys = DestinationKeys.generate();
    byte[] exported = keys.export();
    DestinationKeys copy = keys.copy();
    keys.close();
    keys.close();
    assertThat(keys.isClosed()).isTrue();
    assertThat(keys.destination()).isEqualTo(copy.destination());
    assertThat(keys.toString()).isEqualTo(copy.toString());
    assertThatThrownBy(keys::export).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(keys::exportBase64).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(keys::copy).isInstanceOf(IllegalStateException.class);
    assertThat(copy.isClosed()).isFalse();
    assertThat(copy.export()).isEqualTo(exported);
    copy.close();
  }

  @Test
  void closingOverwritesTheKeysInMemory() throws ReflectiveOperationException {
    Field material = DestinationKeys.class.getDeclaredField("material");
    material.setAccessible(true);
    DestinationKeys keys = DestinationKeys.generate();
    byte[] inMemory = (byte[]) material.get(keys);
    assertThat(inMemory).isEqualTo(keys.export());
    keys.close();
    assertThat(inMemory).containsOnly(0);
  }

  @Test
  void parsingAndExportingCopy() throws I2pException {
    try (DestinationKeys keys = DestinationKeys.generate()) {
      byte[] material = keys.export();
      try (DestinationKeys parsed = DestinationKeys.parse(material)) {
        Arrays.fill(material, (byte) 0);
        Arrays.fill(parsed.export(), (byte) 0);
        assertThat(parsed.export()).isEqualTo(keys.export());
      }
    }
  }

  @Test
  void areNotSerialisable() {
    assertThat(Serializable.class.isAssignableFrom(DestinationKeys.class)).isFalse();
  }

  @Test
  void typesAreFoundByNumberAndName() {
    assertThat(SignatureType.find("7")).contains(SignatureType.ED25519);
    assertThat(SignatureType.find("eddsa_sha512_ed25519")).contains(SignatureType.ED25519);
    assertThat(SignatureType.find("RED25519")).contains(SignatureType.RED25519);
    assertThat(SignatureType.find("ECDSA_SHA256_P256")).contains(SignatureType.ECDSA_SHA256_P256);
    assertThat(SignatureType.find("4")).isEmpty();
    assertThat(SignatureType.find("")).isEmpty();
  }
}
