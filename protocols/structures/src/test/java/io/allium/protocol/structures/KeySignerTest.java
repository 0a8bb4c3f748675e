package io.allium.protocol.structures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeySignerTest {
  /** The expected value is OpenSSL's: HKDF with SHA-256, the same key, no salt, "purpose" as info. */
  @Test
  void derivesWhatTheStandardDerives() throws Exception {
    byte[] material = PrivateKeys.generate(SigningType.ED25519);
    Arrays.fill(material, material.length - 32, material.length, (byte) 0x0b);
    try (KeySigner signer = KeySigner.of(material)) {
      assertThat(HexFormat.of().formatHex(signer.derive("purpose")))
          .isEqualTo("a91633b5045e34a21acc75c1689d0a3539fbd0f43375c96cfab5fb7e85096df0");
    }
  }

  @Test
  void eachKeyAndEachPurposeHasASecretOfItsOwn() throws Exception {
    byte[] material = PrivateKeys.generate(SigningType.ED25519);
    try (KeySigner signer = KeySigner.of(material);
        KeySigner same = KeySigner.of(material);
        KeySigner other = KeySigner.of(PrivateKeys.generate(SigningType.ED25519))) {
      byte[] secret = signer.derive("a");
      assertThat(secret).isEqualTo(same.derive("a")).isNotEqualTo(other.derive("a"));
      assertThat(secret).isNotEqualTo(signer.derive("b"));
      byte[] signing = Arrays.copyOfRange(material, material.length - 32, material.length);
      assertThat(secret).isNotEqualTo(signing);
    }
  }

  @Test
  void nothingIsDerivedOrSignedAfterItsEnd() throws Exception {
    KeySigner signer = KeySigner.of(PrivateKeys.generate(SigningType.ED25519));
    signer.close();
    assertThatIllegalStateException().isThrownBy(() -> signer.derive("purpose"));
    assertThatIllegalStateException().isThrownBy(() -> signer.sign(new byte[1]));
  }
}
