package io.allium.protocol.structures;

import static io.allium.protocol.structures.Bytes.assertDropped;
import static io.allium.protocol.structures.Bytes.assertDroppedOrOfAnother;
import static io.allium.protocol.structures.Bytes.flip;
import static io.allium.protocol.structures.Bytes.join;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Datagram2, whose bytes are put together here by the picture in the specification. */
class Datagram2Test {
  private static final byte[] PAYLOAD = "any payload".getBytes(StandardCharsets.US_ASCII);
  private static final ByteBuffer CONTENT = ByteBuffer.wrap(PAYLOAD);
  private static final Verifier JDK = Verifier.jdk();
  private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(1);
  private static final Keys TO = Keys.generate(SigningType.ED25519);
  private static final Keys OTHER_KEYS = Keys.generate(SigningType.ED25519);
  private static final byte[] RECEIVER = hash(TO);
  private static final byte[] OTHER = hash(OTHER_KEYS);
  private static final HexFormat HEX = HexFormat.of();

  private static byte[] hash(Keys keys) {
    try {
      return keys.hash();
    } catch (StructureException e) {
      throw new AssertionError(e);
    }
  }

  /** Two options out of order: "k" is "v", "a" is empty. */
  private static final Map<String, String> OPTIONS = Map.of("k", "v", "a", "");

  /** The mapping of {@link #OPTIONS}: 11 bytes; 1 "a" = 0 ; 1 "k" = 1 "v" ; */
  private static final String OPTIONS_HEX =
      "000b" + "0161" + "3d" + "00" + "3b" + "016b" + "3d" + "0176" + "3b";

  @ParameterizedTest
  @CsvSource({"0002,false", "0012,true"})
  void theBytesAreThoseOfTheSpecification(String flags, boolean withOptions) throws Exception {
    Keys keys = Keys.generate(SigningType.ED25519);
    try (KeySigner signer = keys.signer()) {
      byte[] head = HEX.parseHex(flags + (withOptions ? OPTIONS_HEX : ""));
      byte[] expected = built(keys, TO, signer, head, PAYLOAD);
      Datagram2 datagram = new Datagram2(
          keys.destination(), withOptions ? OPTIONS : Map.of(), Optional.empty(), CONTENT);
      // Ed25519 signs alike each time
      assertThat(datagram.encode(RECEIVER, signer)).isEqualTo(expected);
      assertThat(Datagram2.decode(expected, RECEIVER, JDK, NOW)).isEqualTo(datagram);
      assertThat(expected).hasSize(457 + (withOptions ? 13 : 0) + PAYLOAD.length);
    }
  }

  /** From, flags and what follows them, payload, signature of the receiver's hash and all but from. */
  private static byte[] built(Keys from, Keys to, KeySigner signer, byte[] head, byte[] payload)
      throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(to.destination());
    byte[] signature = signer.sign(join(hash, head, payload));
    return join(from.destination(), head, payload, signature);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RED25519")
  void eachSigningTypeIsReadBackAndNothingElse(SigningType type) throws Exception {
    Keys keys = Keys.generate(type);
    try (KeySigner signer = keys.signer()) {
      Datagram2 datagram = new Datagram2(keys.destination(), OPTIONS, Optional.empty(), CONTENT);
      byte[] encoded = datagram.encode(RECEIVER, signer);
      assertThat(Datagram2.decode(encoded, RECEIVER, JDK, NOW)).isEqualTo(datagram);
      for (int at = 0; at < encoded.length; at++) {
        byte[] flipped = flip(encoded, at);
        assertDroppedOrOfAnother(
            keys, () -> Datagram2.decode(flipped, RECEIVER, JDK, NOW).from());
        byte[] cut = Arrays.copyOf(encoded, at);
        assertDropped(() -> Datagram2.decode(cut, RECEIVER, JDK, NOW));
      }
      assertDropped(() -> Datagram2.decode(join(encoded, new byte[1]), RECEIVER, JDK, NOW));
    }
  }

  @Test
  void aCopyForAnotherReceiverIsDropped() throws Exception {
    Keys keys = Keys.generate(SigningType.ED25519);
    try (KeySigner signer = keys.signer()) {
      byte[] encoded = new Datagram2(keys.destination(), Map.of(), Optional.empty(), CONTENT)
          .encode(RECEIVER, signer);
      assertDropped(() -> Datagram2.decode(encoded, OTHER, JDK, NOW));
    }
  }

  /** Signed as they should be, so that only the flags can be what is refused. */
  @ParameterizedTest
  @ValueSource(strings = {"0000", "0001", "0003", "000f", "0042", "0082", "0102", "8002", "0200"})
  void otherVersionsAndUnknownFlagsAreDropped(String flags) throws Exception {
    Keys keys = Keys.generate(SigningType.ED25519);
    try (KeySigner signer = keys.signer()) {
      byte[] built = built(keys, TO, signer, HEX.parseHex(flags), PAYLOAD);
      assertDropped(() -> Datagram2.decode(built, RECEIVER, JDK, NOW));
    }
  }

  /** Signed as they should be, so that only the options can be what is refused. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0012" + "0006" + "01613d01623a", // no semicolon
        "0012" + "0006" + "01613b01623b", // no equals sign
        "0012" + "0005" + "01613d0162", // cut before the semicolon
        "0012" + "000c" + "01613d01623b" + "01613d01633b", // twice the same
        "0012" + "0006" + "01ff3d01623b", // not UTF-8
        "0012" + "ffff" + "01613d01623b", // longer than the datagram
      })
  void malformedOptionsAreDropped(String head) throws Exception {
    Keys keys = Keys.generate(SigningType.ED25519);
    try (KeySigner signer = keys.signer()) {
      byte[] built = built(keys, TO, signer, HEX.parseHex(head), PAYLOAD);
      assertDropped(() -> Datagram2.decode(built, RECEIVER, JDK, NOW));
    }
  }

  @Test
  void optionsInAnyOrderAreRead() throws Exception {
    Keys keys = Keys.generate(SigningType.ED25519);
    try (KeySigner signer = keys.signer()) {
      byte[] head = HEX.parseHex("0012" + "000b" + "016b3d01763b" + "01613d003b");
      byte[] built = built(keys, TO, signer, head, PAYLOAD);
      assertThat(Datagram2.decode(built, RECEIVER, JDK, NOW).options()).isEqualTo(OPTIONS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ED25519,ED25519,102",
    "DSA_SHA1,ED25519,78",
    "ED25519,ECDSA_SHA256_P256,134",
    "ECDSA_SHA512_P521,ED25519,170"
  })
  void aTransientKeySignsUntilItExpires(SigningType type, SigningType transientType, int length)
      throws Exception {
    Keys keys = Keys.offline(type, transientType, LATER);
    try (KeySigner signer = keys.signer()) {
      OfflineSignature offline = signer.offline().orElseThrow();
      assertThat(offline.expires()).isEqualTo(LATER);
      assertThat(offline.type()).isEqualTo(transientType);
      assertThat(offline.toByteArray()).hasSize(length);
      for (Map<String, String> options : List.of(Map.<String, String>of(), OPTIONS)) {
        Datagram2 datagram =
            new Datagram2(keys.destination(), options, Optional.of(offline), CONTENT);
        byte[] encoded = datagram.encode(RECEIVER, signer);
        assertThat(Datagram2.decode(encoded, RECEIVER, JDK, NOW)).isEqualTo(datagram);
        assertDropped(() -> Datagram2.decode(encoded, RECEIVER, JDK, LATER));
        assertDropped(() -> Datagram2.decode(encoded, OTHER, JDK, NOW));
      }
    }
  }

  @Test
  void anOfflineSignatureOfSomebodyElseIsDropped() throws Exception {
    Keys keys = Keys.offline(SigningType.ED25519, SigningType.ED25519, LATER);
    try (KeySigner signer = keys.signer()) {
      byte[] encoded = new Datagram2(OTHER_KEYS.destination(), Map.of(), signer.offline(), CONTENT)
          .encode(RECEIVER, signer);
      assertDropped(() -> Datagram2.decode(encoded, RECEIVER, JDK, NOW));
    }
  }

  @Test
  void theBytesOfAnOfflineSignatureAreThoseOfTheSpecification() throws Exception {
    Keys keys = Keys.offline(SigningType.ED25519, SigningType.ED25519, LATER);
    try (KeySigner signer = keys.signer()) {
      OfflineSignature offline = signer.offline().orElseThrow();
      byte[] head = join(HEX.parseHex("0022"), offline.toByteArray());
      // 2026-05-01T00:00:01Z in seconds, then type 7
      assertThat(HEX.formatHex(head)).startsWith("0022" + "69f3ed01" + "0007");
      byte[] built = built(keys, TO, signer, head, PAYLOAD);
      assertThat(Datagram2.decode(built, RECEIVER, JDK, NOW).payload()).isEqualTo(CONTENT);
      assertThat(OfflineSignature.of(offline.toByteArray(), SigningType.ED25519))
          .isEqualTo(offline);
      assertDropped(
          () -> OfflineSignature.of(join(offline.toByteArray(), new byte[1]), SigningType.ED25519));
    }
  }
}
