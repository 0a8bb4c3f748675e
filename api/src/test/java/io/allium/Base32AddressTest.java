package io.allium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.protocol.structures.Base32;
import java.util.Random;
import net.i2p.crypto.Blinding;
import net.i2p.crypto.KeyGenerator;
import net.i2p.crypto.SigType;
import net.i2p.data.SigningPublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base32AddressTest {
  @ParameterizedTest
  @CsvSource({
    "7, false, false",
    "7, true, false",
    "7, false, true",
    "11, false, false",
    "11, true, true"
  })
  void readsWhatJavaI2pBlinds(int code, boolean secret, boolean clientKey) throws Exception {
    SigningPublicKey theirs = signingKey(code);
    String text = Blinding.encode(theirs, secret, clientKey);
    Base32Address address = Base32Address.parse(text);

    assertThat(text).hasSize(56 + Base32Address.SUFFIX.length());
    assertThat(address.text()).isEqualTo(text);
    assertThat(address.isEncrypted()).isTrue();
    assertThat(address.isSecretRequired()).isEqualTo(secret);
    assertThat(address.isClientKeyRequired()).isEqualTo(clientKey);
    assertThat(address.signatureType()).isEqualTo(SignatureType.ofCode(code));
    assertThat(address.blindedSignatureType()).contains(SignatureType.RED25519);
    assertThat(address.publicKey())
        .hasValueSatisfying(key -> assertThat(key).isEqualTo(theirs.getData()));
    assertThat(address.hash()).isEmpty();
    assertThat(address.toString()).isEqualTo(text.substring(0, 8) + "….b32.i2p");
  }

  @ParameterizedTest
  @CsvSource({"7", "11"})
  void matchesTheDestinationWithItsKey(int code) throws Exception {
    SignatureType type = SignatureType.ofCode(code).orElseThrow();
    try (DestinationKeys keys = DestinationKeys.generate(type);
        DestinationKeys other = DestinationKeys.generate(type)) {
      SigningPublicKey key = new SigningPublicKey(
          SigType.getByCode(code), keys.destination().signingPublicKey().orElseThrow());
      I2pName address = I2pName.parse(Blinding.encode(key));
      assertThat(address.matches(keys.destination())).isTrue();
      assertThat(keys.destination().matches(address)).isTrue();
      assertThat(address.matches(other.destination())).isFalse();
      assertThat(other.destination().matches(address)).isFalse();
    }
  }

  @Test
  void aMistypedLetterIsFound() throws Exception {
    String text = Blinding.encode(signingKey(7));
    int found = 0;
    for (int i = 0; i < 56; i++) {
      char other = text.charAt(i) == 'a' ? 'b' : 'a';
      String mistyped = text.substring(0, i) + other + text.substring(i + 1);
      try {
        Base32Address.parse(mistyped);
      } catch (I2pException e) {
        assertThat(e.kind()).isEqualTo(ErrorKind.NAME_INVALID);
        found++;
      }
    }
    // The checksum only masks the header, so a change that turns one valid header into another goes
    // unseen: within the
    // second letter, which holds the two flags, and the third, where type 7 can become 11.
    assertThat(found).isGreaterThanOrEqualTo(54);
  }

  @Test
  void aLongAddressOfAKeyThatCannotBeBlindedIsRefused() throws Exception {
    byte[] data = Base32.decode(Blinding.encode(signingKey(7)).substring(0, 56)).orElseThrow();
    for (int type = 0; type < 256; type++) {
      byte[] changed = data.clone();
      changed[1] ^= (byte) (7 ^ type);
      String text = Base32.encode(changed) + Base32Address.SUFFIX;
      if (type == 7 || type == 11) {
        assertThat(Base32Address.parse(text).signatureType().orElseThrow().code())
            .isEqualTo(type);
      } else {
        Expect.error(ErrorKind.NAME_INVALID, () -> Base32Address.parse(text));
      }
    }
  }

  @Test
  void unusedFlagsAreRefused() throws Exception {
    byte[] data = Base32.decode(Blinding.encode(signingKey(7)).substring(0, 56)).orElseThrow();
    for (int flags : new int[] {1, 8, 16, 32, 64, 128}) {
      byte[] changed = data.clone();
      changed[0] ^= (byte) flags;
      String text = Base32.encode(changed) + Base32Address.SUFFIX;
      Expect.error(ErrorKind.NAME_INVALID, () -> Base32Address.parse(text));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 51, 53, 54, 55, 57, 58, 60, 64, 103, 1000})
  void otherLengthsAreRefused(int length) {
    Expect.error(
        ErrorKind.NAME_INVALID,
        () -> Base32Address.parse("a".repeat(length) + Base32Address.SUFFIX));
  }

  @ParameterizedTest
  @ValueSource(strings = {"b", "0", "1", "8", "9", "=", "-", ".", "é"})
  void aWrongLastCharacterIsRefused(String last) {
    Expect.error(
        ErrorKind.NAME_INVALID,
        () -> Base32Address.parse("a".repeat(51) + last + Base32Address.SUFFIX));
  }

  @Test
  void hashesOfOtherLengthsAreAProgrammingError() {
    assertThatThrownBy(() -> Base32Address.ofHash(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theUsualFormSaysNothingAboutKeys() throws I2pException {
    byte[] hash = new byte[32];
    new Random(1).nextBytes(hash);
    Base32Address address = Base32Address.parse(Base32Address.ofHash(hash).text());
    assertThat(address.isEncrypted()).isFalse();
    assertThat(address.hash()).hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(hash));
    assertThat(address.signatureType()).isEmpty();
    assertThat(address.publicKey()).isEmpty();
  }

  private static SigningPublicKey signingKey(int code) throws Exception {
    return (SigningPublicKey)
        KeyGenerator.getInstance().generateSigningKeys(SigType.getByCode(code))[0];
  }
}
