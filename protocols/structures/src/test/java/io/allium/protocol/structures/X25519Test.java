package io.allium.protocol.structures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.util.HexFormat;
import net.i2p.crypto.EncType;
import net.i2p.data.PrivateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class X25519Test {
  /** RFC 7748, section 6.1. */
  @ParameterizedTest
  @CsvSource({
    "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a,"
        + "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
    "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb,"
        + "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
  })
  void derivesThePublicKeysOfTheStandard(String privateKey, String publicKey) {
    byte[] derived = X25519.publicKey(HexFormat.of().parseHex(privateKey));
    assertThat(HexFormat.of().formatHex(derived)).isEqualTo(publicKey);
  }

  @Test
  void derivesWhatJavaI2pDerives() throws Exception {
    SecureRandom random = new SecureRandom();
    for (int round = 0; round < 50; round++) {
      byte[] privateKey = new byte[32];
      random.nextBytes(privateKey);
      RawKeyPair pair = X25519.pair(privateKey);
      PrivateKey theirs = new PrivateKey(EncType.ECIES_X25519, pair.privateKey());
      assertThat(theirs.toPublic().getData()).isEqualTo(pair.publicKey());
    }
    assertThat(X25519.pair(new byte[32])).hasToString("RawKeyPair");
    assertThat(X25519.TYPE).isEqualTo(EncType.ECIES_X25519.getCode());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33})
  void anotherLengthIsNoKey(int length) {
    assertThatIllegalArgumentException().isThrownBy(() -> X25519.publicKey(new byte[length]));
  }
}
