package io.allium.protocol.structures;

import static io.allium.protocol.structures.Bytes.assertDropped;
import static io.allium.protocol.structures.Bytes.assertRefused;
import static io.allium.protocol.structures.Bytes.flip;
import static io.allium.protocol.structures.Bytes.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.allium.protocol.structures.StructureException.Reason;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.i2p.data.i2cp.SessionConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may send for a session configuration, and any options. */
class SessionConfigurationInputTest {
  private static final long DATE = 0x019d_e0f8_3c00L;
  private static final Map<String, String> OPTIONS = Map.of("k", "v", "a", "");
  private static final String EXPIRATION = "i2cp.leaseSetOfflineExpiration";
  private static final String PUBLIC_KEY = "i2cp.leaseSetTransientPublicKey";
  private static final String SIGNATURE = "i2cp.leaseSetOfflineSignature";

  private static SessionConfiguration read(byte[] bytes) throws StructureException {
    return SessionConfiguration.read(ByteBuffer.wrap(bytes));
  }

  @Test
  void whatIsCutOrLongerOrChangedIsNoneOrNotVerified() throws Exception {
    for (Keys keys : new Keys[] {
      Keys.generate(SigningType.ECDSA_SHA256_P256),
      Keys.offline(SigningType.ED25519, SigningType.ED25519, Instant.ofEpochMilli(DATE + 1000))
    }) {
      try (KeySigner signer = keys.signer()) {
        byte[] signed = SessionConfiguration.signed(keys.destination(), OPTIONS, DATE, signer);
        for (int length = 0; length < signed.length; length++) {
          byte[] cut = Arrays.copyOf(signed, length);
          assertDropped(() -> read(cut));
        }
        assertDropped(() -> read(join(signed, new byte[1])));
        for (int at = 0; at < signed.length; at++) {
          assertNotVerified(flip(signed, at));
        }
      }
    }
  }

  private static void assertNotVerified(byte[] bytes) {
    try {
      assertThat(read(bytes).verify()).isFalse();
    } catch (StructureException refused) {
      assertThat(refused.reason()).isEqualTo(Reason.MALFORMED);
    }
  }

  /** Signed as they should be, so that only the options can be what is refused. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "000b" + "016b3d01763b" + "01613d003b", // not sorted
        "000c" + "01613d01623b" + "01613d01633b", // twice the same
        "000c" + "01613d01623b" + "01613d01623b", // twice the very same
        "0006" + "01613b01623b", // no equals sign
        "0006" + "01613d01623a", // no semicolon
        "0005" + "01613d0162", // cut before the semicolon
        "0006" + "01ff3d01623b", // not UTF-8
        "ffff" + "01613d01623b", // longer than the message
      })
  void malformedOptionsAreRefused(String mapping) throws Exception {
    Keys keys = Keys.generate(SigningType.ED25519);
    try (KeySigner signer = keys.signer()) {
      byte[] content = join(
          keys.destination(),
          HexFormat.of().parseHex(mapping),
          ByteBuffer.allocate(8).putLong(DATE).array());
      byte[] built = join(content, signer.sign(content));
      assertDropped(() -> read(built));
    }
  }

  @Test
  void moreThanI2cpCarriesIsNeitherMadeNorRead() throws Exception {
    byte[] destination = Keys.generate(SigningType.ED25519).destination();
    Map<String, String> many = new TreeMap<>();
    IntStream.range(100, 356).forEach(i -> many.put(i + "x".repeat(200), "y".repeat(48)));
    Signer none = message -> new byte[64];
    assertRefused(
        Reason.TOO_LARGE, () -> SessionConfiguration.signed(destination, many, DATE, none));
    many.put("one more", "");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SessionConfiguration.signed(destination, many, DATE, none));
    assertDropped(() -> read(Arrays.copyOf(destination, 65_537)));
  }

  /** A transient key is good until its last second, which is over when it begins. */
  @Test
  void aTransientKeySignsUntilItExpires() throws Exception {
    Keys keys = Keys.offline(
        SigningType.ED25519, SigningType.ECDSA_SHA256_P256, Instant.ofEpochSecond(2_000_000_000L));
    try (KeySigner signer = keys.signer()) {
      byte[] destination = keys.destination();
      byte[] last = SessionConfiguration.signed(destination, OPTIONS, 1_999_999_999_999L, signer);
      byte[] late = SessionConfiguration.signed(destination, OPTIONS, 2_000_000_000_000L, signer);
      assertThat(read(last).verify()).isTrue();
      assertThat(read(late).verify()).isFalse();
    }
  }

  @Test
  void anOfflineSignatureOfSomebodyElseProvesNothing() throws Exception {
    Keys keys =
        Keys.offline(SigningType.ED25519, SigningType.ED25519, Instant.ofEpochMilli(DATE + 1000));
    byte[] other = Keys.generate(SigningType.ED25519).destination();
    try (KeySigner signer = keys.signer()) {
      byte[] signed = SessionConfiguration.signed(other, OPTIONS, DATE, signer);
      assertThat(read(signed).verify()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        EXPIRATION + ",-",
        PUBLIC_KEY + ",-",
        SIGNATURE + ",-",
        EXPIRATION + ",''",
        EXPIRATION + ",-1",
        EXPIRATION + ",4294967296",
        EXPIRATION + ",soon",
        PUBLIC_KEY + ",7:",
        PUBLIC_KEY + ",7:AAAA",
        PUBLIC_KEY + ",7:!",
        PUBLIC_KEY + ",AAAA",
        PUBLIC_KEY + ",99:AAAA",
        SIGNATURE + ",AAAA",
        SIGNATURE + ",!"
      })
  void halfAnOfflineSignatureIsRefused(String name, String value) throws Exception {
    Keys keys =
        Keys.offline(SigningType.ED25519, SigningType.ED25519, Instant.ofEpochMilli(DATE + 1000));
    try (KeySigner signer = keys.signer()) {
      byte[] good = SessionConfiguration.signed(keys.destination(), OPTIONS, DATE, signer);
      Map<String, String> options = new HashMap<>(read(good).options());
      options.compute(name, (key, old) -> value);
      byte[] bad = join(
          keys.destination(), OptionsMapping.encode(options), new byte[Long.BYTES], new byte[64]);
      assertDropped(() -> read(bad));
    }
  }

  /** Proposal 123 has a name in place of the number, and nothing for type 0. */
  @ParameterizedTest
  @CsvSource({
    "ED25519,EdDSA_SHA512_Ed25519:",
    "ED25519,eddsa_sha512_ed25519:",
    "DSA_SHA1,''",
    "DSA_SHA1,0:"
  })
  void theTypeOfATransientKeyMayBeWrittenOtherwise(SigningType type, String prefix)
      throws Exception {
    Keys keys = Keys.offline(SigningType.ED25519, type, Instant.ofEpochMilli(DATE + 1000));
    try (KeySigner signer = keys.signer()) {
      OfflineSignature offline = signer.offline().orElseThrow();
      Map<String, String> options = new HashMap<>(OPTIONS);
      options.put(EXPIRATION, Long.toString(offline.expires().getEpochSecond()));
      options.put(PUBLIC_KEY, prefix + I2pBase64.encode(offline.publicKey()));
      options.put(SIGNATURE, I2pBase64.encode(offline.signature()));
      byte[] content = join(
          keys.destination(),
          OptionsMapping.encode(options),
          ByteBuffer.allocate(8).putLong(DATE).array());
      SessionConfiguration read = read(join(content, signer.sign(content)));
      assertThat(read.offline()).contains(offline);
      assertThat(read.verify()).isTrue();
    }
  }

  @Test
  void anyOptionsAreReadBackHereAndByJavaI2p() throws Exception {
    Random random = new Random(42);
    Keys keys = Keys.generate(SigningType.ED25519);
    try (KeySigner signer = keys.signer()) {
      for (int round = 0; round < 300; round++) {
        Map<String, String> options = new HashMap<>();
        for (int i = random.nextInt(30); i > 0; i--) {
          options.put(text(random), text(random));
        }
        long now = Instant.now().toEpochMilli();
        byte[] signed = SessionConfiguration.signed(keys.destination(), options, now, signer);
        SessionConfiguration read = read(signed);
        assertThat(read.options()).isEqualTo(options);
        assertThat(read.verify()).isTrue();
        SessionConfig theirs = new SessionConfig();
        theirs.fromByteArray(signed);
        assertThat(theirs.getOptions()).isEqualTo(JavaI2p.properties(options));
        assertThat(theirs.verifySignature()).isTrue();
      }
    }
  }

  /** Letters of one to four bytes, separators, and those at which orders differ: by units or by code points. */
  private static String text(Random random) {
    int[] letters = {'a', 'Z', '=', ';', ' ', 0xe4, 0x20ac, 0xffee, 0x1f9c5};
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--) {
      text.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return text.toString();
  }

  @Test
  void nothingSecretIsInItsText() throws Exception {
    Keys keys = Keys.generate(SigningType.ED25519);
    try (KeySigner signer = keys.signer()) {
      Map<String, String> options = Map.of("i2cp.password", "s3cret");
      byte[] signed = SessionConfiguration.signed(keys.destination(), options, DATE, signer);
      assertThat(read(signed)).hasToString("SessionConfiguration[1 options]");
    }
  }
}
