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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever may stand for a lease set. */
class LeaseSet2InputTest {
  private static final long PUBLISHED = 0x69f3_ed01L;
  private static final EncryptionKey KEY = new EncryptionKey(X25519.TYPE, new byte[32]);
  private static final Lease2 LEASE = new Lease2(new byte[32], 7, PUBLISHED + 600);
  private static final HexFormat HEX = HexFormat.of();

  private static LeaseSet2 read(byte[] bytes) throws StructureException {
    return LeaseSet2.read(ByteBuffer.wrap(bytes));
  }

  private static byte[] signed(Keys keys, KeySigner signer) throws StructureException {
    return LeaseSet2.signed(
        keys.destination(),
        PUBLISHED,
        600,
        true,
        Map.of("k", "v"),
        List.of(KEY, new EncryptionKey(6, new byte[9])),
        List.of(LEASE, LEASE),
        signer);
  }

  @Test
  void whatIsCutOrChangedIsNoneOrNotVerified() throws Exception {
    for (Keys keys : new Keys[] {
      Keys.generate(SigningType.ECDSA_SHA512_P521),
      Keys.offline(SigningType.ED25519, SigningType.ED25519, Instant.ofEpochSecond(PUBLISHED + 1))
    }) {
      try (KeySigner signer = keys.signer()) {
        byte[] signed = signed(keys, signer);
        for (int length = 0; length < signed.length; length++) {
          byte[] cut = Arrays.copyOf(signed, length);
          assertDropped(() -> read(cut));
        }
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

  /** In I2CP, private keys follow. */
  @Test
  void whatFollowsIsLeftAlone() throws Exception {
    Keys keys = Keys.generate(SigningType.ED25519);
    try (KeySigner signer = keys.signer()) {
      byte[] signed = signed(keys, signer);
      ByteBuffer in = ByteBuffer.wrap(join(new byte[5], signed, new byte[3])).position(5);
      assertThat(LeaseSet2.read(in)).isEqualTo(read(signed));
      assertThat(in.remaining()).isEqualTo(3);
    }
  }

  /** Behind a destination and a published date; signed as it should be where it is long enough. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0258" + "0008" + "0000" + "01" + "00060000" + "00", // a flag of the future
        "0258" + "8000" + "0000" + "01" + "00060000" + "00",
        "0258" + "0000" + "0000" + "00" + "00", // no key
        "0258" + "0000" + "0000" + "01" + "00040001" + "aa" + "00", // a short key
        "0258" + "0000" + "0000" + "01" + "00000020" + "00", // of ElGamal, too
        "0258" + "0000" + "0000" + "02" + "00060000" + "00", // one of two keys
        "0258" + "0000" + "0000" + "01" + "0006ffff" + "00", // a key longer than all
        "0258" + "0000" + "0000" + "01" + "00060000" + "01", // one of one leases is not there
        "0258" + "0000" + "000a" + "01623d003b" + "01613d003b" + "01" + "00060000" + "00",
        "0258" + "0000" + "000a" + "01613d003b" + "01613d003b" + "01" + "00060000" + "00",
        "0258" + "0001" + "00000000" + "0063" + "0000" + "01" + "00060000" + "00" // type 99
      })
  void whatBreaksARuleIsRefused(String tail) throws Exception {
    Keys keys = Keys.generate(SigningType.ED25519);
    try (KeySigner signer = keys.signer()) {
      byte[] built = built(keys, signer, HEX.parseHex(tail));
      assertDropped(() -> read(built));
    }
  }

  private static byte[] built(Keys keys, Signer signer, byte[] tail) throws Exception {
    byte[] content = join(keys.destination(), HEX.parseHex("69f3ed01"), tail);
    return join(content, signer.sign(join(new byte[] {3}, content)));
  }

  @Test
  void eightKeysAndSixteenLeasesAreReadAndNoMore() throws Exception {
    Keys keys = Keys.generate(SigningType.ED25519);
    byte[] key = HEX.parseHex("0006" + "0000");
    byte[] lease = new byte[40];
    try (KeySigner signer = keys.signer()) {
      byte[] head = HEX.parseHex("0258" + "0000" + "0000");
      assertThat(read(built(keys, signer, tail(head, 8, key, 16, lease))).verify())
          .isTrue();
      byte[] nineKeys = built(keys, signer, tail(head, 9, key, 16, lease));
      byte[] seventeenLeases = built(keys, signer, tail(head, 8, key, 17, lease));
      assertDropped(() -> read(nineKeys));
      assertDropped(() -> read(seventeenLeases));
    }
  }

  private static byte[] tail(byte[] head, int keys, byte[] key, int leases, byte[] lease) {
    List<byte[]> parts = new ArrayList<>(List.of(head, new byte[] {(byte) keys}));
    parts.addAll(Collections.nCopies(keys, key));
    parts.add(new byte[] {(byte) leases});
    parts.addAll(Collections.nCopies(leases, lease));
    return join(parts.toArray(byte[][]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "-1,0,1,1",
    "4294967296,0,1,1",
    "0,-1,1,1",
    "0,65536,1,1",
    "0,0,0,1",
    "0,0,9,1",
    "0,0,1,17"
  })
  void valuesOutOfRangeAreNotSigned(long published, int expires, int keys, int leases)
      throws Exception {
    byte[] destination = Keys.generate(SigningType.ED25519).destination();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LeaseSet2.signed(
            destination,
            published,
            expires,
            false,
            Map.of(),
            Collections.nCopies(keys, KEY),
            Collections.nCopies(leases, LEASE),
            message -> new byte[64]));
  }

  /** Java I2P writes them with one byte a letter when it verifies: it would drop the lease set. */
  @Test
  void propertiesAreAsciiSinceJavaI2pKnowsNothingElse() throws Exception {
    Keys keys = Keys.generate(SigningType.ED25519);
    try (KeySigner signer = keys.signer()) {
      for (Map<String, String> properties : List.of(Map.of("k", "ä"), Map.of("ä", "v"))) {
        byte[] tail = join(
            HEX.parseHex("0258" + "0000"),
            OptionsMapping.encode(properties),
            HEX.parseHex("01" + "00060000" + "00"));
        byte[] built = built(keys, signer, tail);
        assertThat(read(built).verify()).isTrue();
        net.i2p.data.LeaseSet2 theirs = new net.i2p.data.LeaseSet2();
        theirs.fromByteArray(built);
        assertThat(theirs.verifySignature()).isFalse();
        byte[] destination = keys.destination();
        assertThatIllegalArgumentException()
            .isThrownBy(() -> LeaseSet2.signed(
                destination, 0, 0, false, properties, List.of(KEY), List.of(LEASE), signer));
      }
    }
  }

  @Test
  void theFlagsSayWhetherATransientKeySigns() throws Exception {
    byte[] destination = Keys.generate(SigningType.ED25519).destination();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LeaseSet2(
            destination,
            0,
            0,
            1,
            Optional.empty(),
            Map.of(),
            List.of(KEY),
            List.of(),
            new byte[64]));
  }

  @Test
  void moreThanI2cpCarriesIsNeitherMadeNorRead() throws Exception {
    byte[] destination = Keys.generate(SigningType.ED25519).destination();
    Map<String, String> many = new TreeMap<>();
    IntStream.range(100, 356).forEach(i -> many.put(i + "x".repeat(200), "y".repeat(48)));
    Signer none = message -> new byte[64];
    assertRefused(
        Reason.TOO_LARGE,
        () -> LeaseSet2.signed(destination, 0, 0, false, many, List.of(KEY), List.of(LEASE), none));
    assertDropped(() -> read(Arrays.copyOf(destination, 65_537)));
  }

  @Test
  void aTransientKeySignsUntilItExpires() throws Exception {
    for (long left : new long[] {0, 1}) {
      Keys keys = Keys.offline(
          SigningType.ED25519, SigningType.ED25519, Instant.ofEpochSecond(PUBLISHED + left));
      try (KeySigner signer = keys.signer()) {
        assertThat(read(signed(keys, signer)).verify()).isEqualTo(left > 0);
      }
    }
  }

  @Test
  void anyLeaseSetIsReadBackHereAndByJavaI2p() throws Exception {
    Random random = new Random(42);
    Keys keys = Keys.generate(SigningType.ED25519);
    try (KeySigner signer = keys.signer()) {
      for (int round = 0; round < 300; round++) {
        Map<String, String> properties = new HashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          properties.put("_smtp" + i + "._tcp", "1 86400 25".repeat(random.nextInt(9)));
        }
        List<EncryptionKey> encryptionKeys = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
          encryptionKeys.add(new EncryptionKey(200 + i, bytes(random, random.nextInt(1600))));
        }
        List<Lease2> leases = new ArrayList<>();
        for (int i = random.nextInt(17); i > 0; i--) {
          long end = Integer.toUnsignedLong(random.nextInt());
          leases.add(new Lease2(bytes(random, 32), Integer.toUnsignedLong(random.nextInt()), end));
        }
        long published = Integer.toUnsignedLong(random.nextInt());
        int expires = random.nextInt(65_536);
        byte[] signed = LeaseSet2.signed(
            keys.destination(),
            published,
            expires,
            random.nextBoolean(),
            properties,
            encryptionKeys,
            leases,
            signer);
        LeaseSet2 read = read(signed);
        assertThat(read.verify()).isTrue();
        assertThat(read.properties()).isEqualTo(properties);
        assertThat(read.encryptionKeys()).isEqualTo(encryptionKeys);
        assertThat(read.leases()).isEqualTo(leases);
        assertThat(read.publishedSeconds()).isEqualTo(published);
        assertThat(read.expiresSeconds()).isEqualTo(expires);
        assertThat(javaI2pReads(signed)).isEqualTo(signed);
      }
    }
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] javaI2pReads(byte[] signed) throws Exception {
    net.i2p.data.LeaseSet2 theirs = new net.i2p.data.LeaseSet2();
    theirs.fromByteArray(signed);
    return theirs.toByteArray();
  }
}
