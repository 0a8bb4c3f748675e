package io.allium;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.protocol.structures.I2pBase64;
import io.allium.protocol.structures.KeysAndCert;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DestinationTest {
  private static final int CERTIFICATE_AT = 384;

  @ParameterizedTest
  @EnumSource(SignatureType.class)
  void readsWhatItWroteAndAgreesWithJavaI2p(SignatureType type) throws Exception {
    try (DestinationKeys keys = DestinationKeys.generate(type)) {
      Destination destination = keys.destination();
      net.i2p.data.Destination theirs = new net.i2p.data.Destination(destination.base64());
      assertThat(theirs.toBase64()).isEqualTo(destination.base64());
      assertThat(theirs.toBase32()).isEqualTo(destination.base32().text());
      assertThat(theirs.toByteArray()).isEqualTo(destination.toByteArray());
      assertThat(theirs.getHash().getData()).isEqualTo(destination.hash().orElseThrow());
      assertThat(theirs.getSigningPublicKey().getType().getCode())
          .isEqualTo(destination.signatureTypeCode());
      assertThat(theirs.getSigningPublicKey().getData())
          .isEqualTo(destination.signingPublicKey().orElseThrow());
      assertThat(Destination.of(destination.toByteArray())).isEqualTo(destination);
      assertThat(Destination.parse(destination.base64().replace("=", ""))).isEqualTo(destination);
      assertThat(destination.signatureType()).contains(type);
    }
  }

  @Test
  void aDestinationCutShortAnywhereIsRefused() {
    byte[] bytes = anyDestination(5, 0, 4, 0, 7, 0, 0);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      Expect.error(ErrorKind.NAME_INVALID, () -> Destination.of(cut));
      Expect.error(ErrorKind.NAME_INVALID, () -> Destination.parse(I2pBase64.encode(cut)));
    }
  }

  @Test
  void bytesAfterTheEndAreRefusedWithAWarning() {
    byte[] longer = Arrays.copyOf(anyDestination(5, 0, 4, 0, 7, 0, 0), 392);
    I2pException error = Expect.error(ErrorKind.NAME_INVALID, () -> Destination.of(longer));
    assertThat(error).hasMessageContaining("keep them secret");
  }

  @ParameterizedTest
  @EnumSource(SignatureType.class)
  void isReadInFrontOfItsPrivateKeys(SignatureType type) throws Exception {
    try (DestinationKeys keys = DestinationKeys.generate(type)) {
      byte[] material = keys.export();
      byte[] front = Arrays.copyOf(material, KeysAndCert.read(material).length());
      assertThat(Destination.of(front)).isEqualTo(keys.destination());
    }
  }

  @Test
  void unusableCertificatesAreRefused() {
    int[][] certificates = {
      {0, 0, 1, 0},
      {1, 0, 0},
      {2, 0, 0},
      {3, 0, 1, 0},
      {4, 0, 0},
      {6, 0, 4, 0, 7, 0, 0},
      {0xff, 0, 4, 0, 7, 0, 0},
      {5, 0, 0},
      {5, 0, 3, 0, 7, 0},
      {5, 0, 4, 0, 3, 0, 0},
      {5, 0, 7, 0, 3, 0, 0, 1, 2, 3},
      {5, 0xff, 0xff, 0, 7, 0, 0},
    };
    for (int[] certificate : certificates) {
      Expect.error(ErrorKind.NAME_INVALID, () -> Destination.of(anyDestination(certificate)));
    }
  }

  @Test
  void unknownSignatureTypesAreCarried() throws I2pException {
    Destination destination = Destination.of(anyDestination(5, 0, 6, 0x12, 0x34, 0, 0, 9, 9));
    assertThat(destination.signatureTypeCode()).isEqualTo(0x1234);
    assertThat(destination.signatureType()).isEmpty();
    assertThat(destination.signingPublicKey()).isEmpty();
    assertThat(Destination.parse(destination.base64())).isEqualTo(destination);
  }

  @Test
  void otherTextThanI2pBase64IsRefused() throws I2pException {
    String text = Destination.of(anyDestination(5, 0, 4, 0, 7, 0, 0)).base64();
    assertThat(text).endsWith("==");
    String[] others = {
      text + "=",
      text.substring(0, text.length() - 1),
      text + "\n",
      " " + text,
      text.replaceFirst("^.", "+"),
      text.replaceFirst("^.", "/"),
      text.replaceFirst("^.", "_"),
      text.replaceFirst("^.", "é"),
      text.replaceFirst(".==$", "B=="),
      text.replaceFirst("^.", "="),
      "",
      "A".repeat(100_000)
    };
    for (String other : others) {
      Expect.error(ErrorKind.NAME_INVALID, () -> Destination.parse(other));
    }
  }

  @Test
  void bytesAreCopiedBothWays() throws I2pException {
    byte[] bytes = anyDestination(0, 0, 0);
    Destination destination = Destination.of(bytes);
    Destination same = Destination.of(bytes);
    bytes[0] ^= 1;
    destination.toByteArray()[1] ^= 1;
    assertThat(destination).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(destination).isNotEqualTo(Destination.of(bytes));
  }

  private static byte[] anyDestination(int... certificate) {
    byte[] bytes = new byte[CERTIFICATE_AT + certificate.length];
    new Random(7).nextBytes(bytes);
    for (int i = 0; i < certificate.length; i++) {
      bytes[CERTIFICATE_AT + i] = (byte) certificate[i];
    }
    return bytes;
  }
}
