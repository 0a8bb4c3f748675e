package io.allium.protocol.structures;

import static io.allium.protocol.structures.Bytes.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import java.util.Map;
import net.i2p.data.i2cp.SessionConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Session configurations, whose bytes are put together here as I2CP's "Session Config" says. */
class SessionConfigurationTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final Map<String, String> OPTIONS = Map.of("k", "v", "a", "");

  /** The mapping of {@link #OPTIONS}: 11 bytes; 1 "a" = 0 ; 1 "k" = 1 "v" ; */
  private static final String OPTIONS_HEX =
      "000b" + "0161" + "3d" + "00" + "3b" + "016b" + "3d" + "0176" + "3b";

  private static final String DATE_HEX = "0000019d" + "e0f83c00";
  private static final long DATE = 0x019d_e0f8_3c00L;

  @Test
  void theBytesAreThoseOfTheSpecification() throws Exception {
    Keys keys = Keys.generate(SigningType.ED25519);
    try (KeySigner signer = keys.signer()) {
      byte[] expected = built(keys, signer, OPTIONS_HEX);
      // Ed25519 signs alike each time
      byte[] signed = SessionConfiguration.signed(keys.destination(), OPTIONS, DATE, signer);
      assertThat(signed).isEqualTo(expected);
      SessionConfiguration read = read(expected);
      assertThat(read.destination()).isEqualTo(keys.destination());
      assertThat(read.options()).isEqualTo(OPTIONS);
      assertThat(read.dateMillis()).isEqualTo(DATE);
      assertThat(read.offline()).isEmpty();
      assertThat(read.verify()).isTrue();
    }
  }

  /** Destination, mapping, date, signature of all that. */
  private static byte[] built(Keys keys, Signer signer, String mapping) throws Exception {
    byte[] content = join(keys.destination(), HEX.parseHex(mapping), HEX.parseHex(DATE_HEX));
    return join(content, signer.sign(content));
  }

  private static SessionConfiguration read(byte[] bytes) throws StructureException {
    return SessionConfiguration.read(ByteBuffer.wrap(bytes));
  }

  @ParameterizedTest
  @EnumSource
  void javaI2pVerifiesOurs(SigningType type) throws Exception {
    Keys keys = Keys.generate(type);
    javaI2pReads(keys, JavaI2p.signer(keys));
  }

  @ParameterizedTest
  @CsvSource({
    "ED25519,ED25519",
    "DSA_SHA1,ED25519",
    "ED25519,ECDSA_SHA256_P256",
    "ECDSA_SHA512_P521,ECDSA_SHA512_P521",
    "ECDSA_SHA384_P384,RED25519",
    "ED25519,DSA_SHA1"
  })
  void javaI2pVerifiesOursByATransientKey(SigningType type, SigningType transientType)
      throws Exception {
    Keys keys = Keys.offline(type, transientType, Instant.now().plusSeconds(3600));
    SessionConfig read = javaI2pReads(keys, JavaI2p.signer(keys));
    assertThat(read.getOfflineSignature().getData())
        .isEqualTo(JavaI2p.signer(keys).offline().orElseThrow().signature());
  }

  private static SessionConfig javaI2pReads(Keys keys, Signer signer) throws Exception {
    long now = Instant.now().toEpochMilli();
    Map<String, String> options = Map.of("i2cp.fastReceive", "true", "ä", "€=;", "Z", "1");
    byte[] ours = SessionConfiguration.signed(keys.destination(), options, now, signer);
    SessionConfig theirs = new SessionConfig();
    ByteArrayInputStream in = new ByteArrayInputStream(ours);
    theirs.readBytes(in);
    assertThat(in.available()).isZero();
    assertThat(theirs.verifySignature()).isTrue();
    assertThat(theirs.getOptions()).containsAllEntriesOf(options);
    assertThat(theirs.getCreationDate().toInstant()).isEqualTo(Instant.ofEpochMilli(now));
    assertThat(read(ours).verify()).isTrue();
    return theirs;
  }

  @ParameterizedTest
  @EnumSource
  void weVerifyTheirs(SigningType type) throws Exception {
    Keys keys = Keys.generate(type);
    SessionConfig theirs = theirs(keys);
    SessionConfiguration read = weRead(theirs, keys);
    assertThat(read.options()).isEqualTo(OPTIONS);
    assertThat(read.offline()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"ED25519,ED25519", "DSA_SHA1,RED25519", "ED25519,ECDSA_SHA512_P521"})
  void weVerifyTheirsByATransientKey(SigningType type, SigningType transientType) throws Exception {
    Keys keys = Keys.offline(type, transientType, Instant.ofEpochMilli(DATE).plusSeconds(9));
    OfflineSignature offline = JavaI2p.signer(keys).offline().orElseThrow();
    SessionConfig theirs = theirs(keys);
    theirs.setOfflineSignature(
        offline.expires().toEpochMilli(),
        JavaI2p.transientKey(offline),
        JavaI2p.signature(offline, type));
    SessionConfiguration read = weRead(theirs, keys);
    assertThat(read.offline()).contains(offline);
    assertThat(read.options()).containsAllEntriesOf(OPTIONS).hasSize(OPTIONS.size() + 3);
  }

  private static SessionConfig theirs(Keys keys) throws Exception {
    SessionConfig theirs = new SessionConfig(JavaI2p.destination(keys));
    theirs.setOptions(JavaI2p.properties(OPTIONS));
    return theirs;
  }

  private static SessionConfiguration weRead(SessionConfig theirs, Keys keys) throws Exception {
    theirs.setCreationDate(Date.from(Instant.ofEpochMilli(DATE)));
    theirs.signSessionConfig(JavaI2p.privateKey(keys));
    SessionConfiguration read = read(theirs.toByteArray());
    assertThat(read.verify()).isTrue();
    assertThat(read.dateMillis()).isEqualTo(DATE);
    return read;
  }

  @Test
  void theOptionsOfAnOfflineSignatureAreThoseOfTheSpecification() throws Exception {
    Keys keys =
        Keys.offline(SigningType.ED25519, SigningType.ED25519, Instant.ofEpochSecond(0x9000_0001L));
    try (KeySigner signer = keys.signer()) {
      OfflineSignature offline = signer.offline().orElseThrow();
      byte[] signed = SessionConfiguration.signed(keys.destination(), OPTIONS, DATE, signer);
      assertThat(read(signed).options())
          .containsAllEntriesOf(OPTIONS)
          .containsEntry("i2cp.leaseSetOfflineExpiration", "2415919105")
          .containsEntry(
              "i2cp.leaseSetTransientPublicKey", "7:" + I2pBase64.encode(offline.publicKey()))
          .containsEntry(
              "i2cp.leaseSetOfflineSignature",
              I2pBase64.encode(Arrays.copyOfRange(offline.toByteArray(), 38, 102)))
          .hasSize(5);
    }
  }

  /** They would tell the router of a key that does not sign. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "i2cp.leaseSetOfflineExpiration",
        "i2cp.leaseSetTransientPublicKey",
        "i2cp.leaseSetOfflineSignature"
      })
  void theOptionsOfAnOfflineSignatureComeFromTheKeysAlone(String name) throws Exception {
    Keys keys = Keys.generate(SigningType.ED25519);
    byte[] destination = keys.destination();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SessionConfiguration.signed(
            destination, Map.of(name, "x"), DATE, message -> new byte[64]));
  }
}
