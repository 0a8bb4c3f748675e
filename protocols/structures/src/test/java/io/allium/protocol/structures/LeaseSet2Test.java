package io.allium.protocol.structures;

import static io.allium.protocol.structures.Bytes.join;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.i2p.crypto.EncType;
import net.i2p.data.Hash;
import net.i2p.data.PublicKey;
import net.i2p.data.TunnelId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Lease sets, whose bytes are put together here by the pictures in the specification. */
class LeaseSet2Test {
  private static final HexFormat HEX = HexFormat.of();
  private static final long PUBLISHED = 0x69f3_ed01L;
  private static final byte[] KEY = filled(32, 0xaa);
  private static final byte[] ELGAMAL = filled(256, 0xcc);
  private static final byte[] GATEWAY = filled(32, 0xbb);
  private static final Map<String, String> PROPERTIES = Map.of("k", "v", "a", "");

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  @Test
  void theBytesAreThoseOfTheSpecification() throws Exception {
    Keys keys = Keys.generate(SigningType.ED25519);
    try (KeySigner signer = keys.signer()) {
      byte[] content = join(
          keys.destination(),
          HEX.parseHex("69f3ed01" + "0258" + "0002"), // published, 600 s, unpublished
          HEX.parseHex("000b" + "0161" + "3d" + "00" + "3b" + "016b" + "3d" + "0176" + "3b"),
          HEX.parseHex("02" + "0004" + "0020"), // two keys, the first of type 4
          KEY,
          HEX.parseHex("0000" + "0100"),
          ELGAMAL,
          HEX.parseHex("01"), // one lease
          GATEWAY,
          HEX.parseHex("fffffffe" + "69f3ef59"));
      byte[] expected = join(content, signer.sign(join(new byte[] {3}, content)));
      List<EncryptionKey> encryptionKeys =
          List.of(new EncryptionKey(X25519.TYPE, KEY), new EncryptionKey(0, ELGAMAL));
      List<Lease2> leases = List.of(new Lease2(GATEWAY, 0xffff_fffeL, PUBLISHED + 600));
      byte[] signed = LeaseSet2.signed(
          keys.destination(), PUBLISHED, 600, true, PROPERTIES, encryptionKeys, leases, signer);
      // Ed25519 signs alike each time
      assertThat(signed).isEqualTo(expected);
      LeaseSet2 read = LeaseSet2.read(ByteBuffer.wrap(expected));
      assertThat(read)
          .isEqualTo(new LeaseSet2(
              keys.destination(),
              PUBLISHED,
              600,
              2,
              Optional.empty(),
              PROPERTIES,
              encryptionKeys,
              leases,
              Arrays.copyOfRange(expected, content.length, expected.length)));
      assertThat(read.verify()).isTrue();
    }
  }

  @Test
  void anOfflineSignatureFollowsTheHeader() throws Exception {
    Keys keys = Keys.offline(
        SigningType.ECDSA_SHA384_P384, SigningType.ED25519, Instant.ofEpochSecond(PUBLISHED + 1));
    try (KeySigner signer = keys.signer()) {
      byte[] content = join(
          keys.destination(),
          HEX.parseHex("69f3ed01" + "ffff" + "0001"),
          signer.offline().orElseThrow().toByteArray(),
          HEX.parseHex("0000" + "01" + "0004" + "0020"),
          KEY,
          HEX.parseHex("00"));
      byte[] expected = join(content, signer.sign(join(new byte[] {3}, content)));
      byte[] signed = LeaseSet2.signed(
          keys.destination(), PUBLISHED, 0xffff, false, Map.of(), keys(), List.of(), signer);
      assertThat(signed).isEqualTo(expected);
      LeaseSet2 read = LeaseSet2.read(ByteBuffer.wrap(expected));
      assertThat(read.offline()).isEqualTo(signer.offline());
      assertThat(read.verify()).isTrue();
    }
  }

  private static List<EncryptionKey> keys() {
    return List.of(new EncryptionKey(X25519.TYPE, KEY));
  }

  @ParameterizedTest
  @EnumSource
  void javaI2pVerifiesOurs(SigningType type) throws Exception {
    javaI2pReads(Keys.generate(type));
  }

  @ParameterizedTest
  @CsvSource({
    "ED25519,ED25519",
    "DSA_SHA1,RED25519",
    "ED25519,ECDSA_SHA256_P256",
    "ECDSA_SHA512_P521,DSA_SHA1"
  })
  void javaI2pVerifiesOursByATransientKey(SigningType type, SigningType transientType)
      throws Exception {
    Keys keys = Keys.offline(type, transientType, Instant.now().plusSeconds(3600));
    net.i2p.data.LeaseSet2 read = javaI2pReads(keys);
    assertThat(read.isOffline()).isTrue();
    assertThat(read.verifyOfflineSignature()).isTrue();
  }

  private static net.i2p.data.LeaseSet2 javaI2pReads(Keys keys) throws Exception {
    Signer signer = JavaI2p.signer(keys);
    long now = Instant.now().getEpochSecond();
    List<EncryptionKey> encryptionKeys =
        List.of(new EncryptionKey(X25519.TYPE, KEY), new EncryptionKey(0, ELGAMAL));
    List<Lease2> leases =
        List.of(new Lease2(GATEWAY, 1, now + 500), new Lease2(KEY, 0xffff_ffffL, now + 600));
    byte[] ours = LeaseSet2.signed(
        keys.destination(), now, 600, true, PROPERTIES, encryptionKeys, leases, signer);
    net.i2p.data.LeaseSet2 theirs = new net.i2p.data.LeaseSet2();
    ByteArrayInputStream in = new ByteArrayInputStream(ours);
    theirs.readBytes(in);
    assertThat(in.available()).isZero();
    assertThat(theirs.verifySignature()).isTrue();
    assertThat(theirs.getPublished()).isEqualTo(now * 1000);
    assertThat(theirs.getExpires()).isEqualTo((now + 600) * 1000);
    assertThat(theirs.isUnpublished()).isTrue();
    assertThat(theirs.getOptions()).isEqualTo(JavaI2p.properties(PROPERTIES));
    assertThat(theirs.getEncryptionKeys())
        .containsExactly(
            new PublicKey(EncType.ECIES_X25519, KEY), new PublicKey(EncType.ELGAMAL_2048, ELGAMAL));
    assertThat(theirs.getLeaseCount()).isEqualTo(2);
    assertThat(theirs.getLease(1).getGateway()).isEqualTo(new Hash(KEY));
    assertThat(theirs.getLease(1).getTunnelId().getTunnelId()).isEqualTo(0xffff_ffffL);
    assertThat(theirs.getLease(0).getEndTime()).isEqualTo((now + 500) * 1000);
    assertThat(LeaseSet2.read(ByteBuffer.wrap(ours)).verify()).isTrue();
    return theirs;
  }

  @ParameterizedTest
  @EnumSource
  void weVerifyTheirs(SigningType type) throws Exception {
    Keys keys = Keys.generate(type);
    LeaseSet2 read = weRead(keys, new net.i2p.data.LeaseSet2());
    assertThat(read.offline()).isEmpty();
    assertThat(read.flags()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"ED25519,ED25519", "DSA_SHA1,RED25519", "ED25519,ECDSA_SHA512_P521"})
  void weVerifyTheirsByATransientKey(SigningType type, SigningType transientType) throws Exception {
    Keys keys = Keys.offline(type, transientType, Instant.ofEpochSecond(PUBLISHED + 1));
    OfflineSignature offline = JavaI2p.signer(keys).offline().orElseThrow();
    net.i2p.data.LeaseSet2 theirs = new net.i2p.data.LeaseSet2();
    theirs.setDestination(JavaI2p.destination(keys));
    theirs.setOfflineSignature(
        offline.expires().toEpochMilli(),
        JavaI2p.transientKey(offline),
        JavaI2p.signature(offline, type));
    theirs.setUnpublished();
    LeaseSet2 read = weRead(keys, theirs);
    assertThat(read.offline()).contains(offline);
    assertThat(read.flags()).isEqualTo(3);
  }

  private static LeaseSet2 weRead(Keys keys, net.i2p.data.LeaseSet2 theirs) throws Exception {
    theirs.setDestination(JavaI2p.destination(keys));
    theirs.addEncryptionKey(new PublicKey(EncType.ECIES_X25519, KEY));
    theirs.setOptions(JavaI2p.properties(PROPERTIES));
    theirs.setPublished(PUBLISHED * 1000);
    net.i2p.data.Lease2 lease = new net.i2p.data.Lease2();
    lease.setGateway(new Hash(GATEWAY));
    lease.setTunnelId(new TunnelId(0xffff_fffeL));
    lease.setEndDate((PUBLISHED + 600) * 1000);
    theirs.addLease(lease);
    theirs.sign(JavaI2p.privateKey(keys));
    LeaseSet2 read = LeaseSet2.read(ByteBuffer.wrap(theirs.toByteArray()));
    assertThat(read.verify()).isTrue();
    assertThat(read.destination()).isEqualTo(keys.destination());
    assertThat(read.publishedSeconds()).isEqualTo(PUBLISHED);
    assertThat(read.expiresSeconds()).isEqualTo(600);
    assertThat(read.properties()).isEqualTo(PROPERTIES);
    assertThat(read.encryptionKeys()).isEqualTo(keys());
    assertThat(read.leases()).containsExactly(new Lease2(GATEWAY, 0xffff_fffeL, PUBLISHED + 600));
    return read;
  }
}
