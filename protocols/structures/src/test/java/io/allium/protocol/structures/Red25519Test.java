package io.allium.protocol.structures;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import net.i2p.crypto.CryptoConstants;
import net.i2p.crypto.SigType;
import net.i2p.data.SigningPrivateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Red25519Test {
  /** The columns sk and vk, rsk and rvk of the specification's vectors 1 to 4. */
  @ParameterizedTest
  @CsvSource({
    "58e86efb75fa4e2c410f46e16de9f6acae1a1703528651b69bc176c088bef36e,"
        + "8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c",
    "8bb85f3c7a494a08890d7d142109c1a3501d04565d80227e2079097800fbe107,"
        + "6fe128737b8e76fa66698a748b0dc0a89168dd8a0601c2b1c0b26835d323e9b3",
    "a83c626bc9c38c8c201878ebb1d5b0b50ac40e8986c78793db1d4ef369fca14e,"
        + "8139770ea87d175f56a35466c34c7ecccb8d8a91b4ee37a25df60f5b8fc9b394",
    "9fcfaa734852ca40b3810ebef590e138516e8cb4f4b1b6f0730978de7f806402,"
        + "527e121090158419609e4a0d8de6f7d3271b353a8cd0b8172fe41468ea1e9177",
    "98aebbb178a551876bfaf8e1e530dac6aaf6c2ea1c8f8406a3ab37dfb40fbc65,"
        + "ed4928c628d1c2c6eae90338905995612959273a5c63f93636c14614ac8737d1",
    "c4ceed95e9208c189458fe772c9628021f2aef385bfb1d187c9877bfd84cfa0f,"
        + "6e2b9b129bbe00fa964c996d40307dd01aff120e94fd15f17119341ecda3d7a0",
    "483e3c145d7e680a16676925fc045183d2f510cb2f660a1fc517c73762185d43,"
        + "ca93ac1705187071d67b83c7ff0efe8108e8ec4530575d7726879333dbdabe7c"
  })
  void derivesThePublicKeysOfTheSpecification(String privateKey, String publicKey) {
    byte[] derived = Red25519.publicKey(HexFormat.of().parseHex(privateKey));
    assertThat(HexFormat.of().formatHex(derived)).isEqualTo(publicKey);
  }

  @Test
  void derivesWhatJavaI2pDerives() throws Exception {
    for (int round = 0; round < 50; round++) {
      RawKeyPair pair = Red25519.generate(new SecureRandom());
      SigningPrivateKey theirs =
          new SigningPrivateKey(SigType.RedDSA_SHA512_Ed25519, pair.privateKey());
      assertThat(theirs.toPublic().getData()).isEqualTo(pair.publicKey());
    }
  }

  @Test
  void theGroupsAreThoseOfJavaI2p() {
    assertThat(Groups.ELGAMAL_P).isEqualTo(CryptoConstants.elgp);
    assertThat(Groups.ELGAMAL_G).isEqualTo(CryptoConstants.elgg);
    assertThat(Groups.DSA_P).isEqualTo(CryptoConstants.dsap);
    assertThat(Groups.DSA_Q).isEqualTo(CryptoConstants.dsaq);
    assertThat(Groups.DSA_G).isEqualTo(CryptoConstants.dsag);
  }

  @Test
  void exponentsAreNeverZeroAndBelowTheirBound() {
    SecureRandom random = new SecureRandom();
    BigInteger bound = BigInteger.valueOf(3);
    for (int round = 0; round < 200; round++) {
      assertThat(Groups.exponent(bound, random)).isBetween(BigInteger.ONE, BigInteger.TWO);
    }
  }

  @Test
  void anotherKeyOrGarbageIsNoPair() {
    for (SigningType type : SigningType.values()) {
      RawKeyPair one = SigningKeys.generate(type, new SecureRandom());
      RawKeyPair two = SigningKeys.generate(type, new SecureRandom());
      byte[] high = new byte[type.privateKeyLength()];
      Arrays.fill(high, (byte) 0xff);
      byte[] highPublic = new byte[type.publicKeyLength()];
      Arrays.fill(highPublic, (byte) 0xff);
      assertThat(SigningKeys.isPair(type, one.publicKey(), one.privateKey()))
          .as("%s", type)
          .isTrue();
      assertThat(SigningKeys.isPair(type, one.publicKey(), two.privateKey()))
          .as("%s", type)
          .isFalse();
      assertThat(SigningKeys.isPair(type, one.publicKey(), high)).as("%s", type).isFalse();
      assertThat(SigningKeys.isPair(type, highPublic, one.privateKey()))
          .as("%s", type)
          .isFalse();
      assertThat(SigningKeys.isPair(type, new byte[highPublic.length], one.privateKey()))
          .as("%s", type)
          .isFalse();
      assertThat(SigningKeys.isPair(type, one.publicKey(), new byte[high.length]))
          .as("%s", type)
          .isFalse();
    }
  }
}
