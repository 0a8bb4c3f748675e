package io.allium.protocol.structures;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CodecTest {
  @Test
  void agreesWithJavaI2pOnRandomData() {
    Random random = new Random(42);
    for (int round = 0; round < 2000; round++) {
      byte[] data = new byte[round % 500];
      random.nextBytes(data);
      String base64 = I2pBase64.encode(data);
      assertThat(base64).isEqualTo(net.i2p.data.Base64.encode(data));
      assertThat(I2pBase64.decode(base64))
          .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(data));
      assertThat(I2pBase64.decode(base64.replace("=", "")))
          .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(data));
      String base32 = Base32.encode(data);
      assertThat(base32).isEqualTo(net.i2p.data.Base32.encode(data));
      assertThat(Base32.decode(base32))
          .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(data));
    }
  }

  /** The vectors of RFC 4648, section 10. */
  @Test
  void encodesTheVectorsOfTheStandard() {
    assertThat(Base32.encode("foobar".getBytes(StandardCharsets.US_ASCII))).isEqualTo("mzxw6ytboi");
    assertThat(Base32.encode("fooba".getBytes(StandardCharsets.US_ASCII))).isEqualTo("mzxw6ytb");
    assertThat(I2pBase64.encode("foob".getBytes(StandardCharsets.US_ASCII))).isEqualTo("Zm9vYg==");
    assertThat(I2pBase64.encode(new byte[] {(byte) 0xfb, (byte) 0xff})).isEqualTo("-~8=");
  }

  @Test
  void whatDecodesEncodesBackToTheSameText() {
    Random random = new Random(43);
    String letters = "AQgwBCZ-~=_+/ab27 ";
    int decoded = 0;
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(9); i > 0; i--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      String candidate = text.toString();
      if (I2pBase64.decode(candidate).isPresent()) {
        decoded++;
        String again = I2pBase64.encode(I2pBase64.decode(candidate).orElseThrow());
        assertThat(again).isIn(candidate, candidate + "=", candidate + "==");
      }
      Base32.decode(candidate)
          .ifPresent(bytes -> assertThat(Base32.encode(bytes)).isEqualTo(candidate));
    }
    assertThat(decoded).isGreaterThan(1000);
  }
}
