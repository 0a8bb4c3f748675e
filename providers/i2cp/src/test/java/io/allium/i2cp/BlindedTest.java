package io.allium.i2cp;

import static io.allium.i2cp.Fixture.assertClear;
import static io.allium.i2cp.Fixture.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.BlindedAccess;
import io.allium.BlindedAccess.Scheme;
import io.allium.DatagramPort;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAddress;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.I2pSession;
import io.allium.ResolveOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.i2p.crypto.Blinding;
import net.i2p.crypto.SigType;
import net.i2p.data.BlindData;
import net.i2p.data.DataFormatException;
import net.i2p.data.Destination;
import net.i2p.data.i2cp.BlindingInfoMessage;
import net.i2p.data.i2cp.HostLookupMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encrypted addresses, with a secret and a client's key (I2CP, "BlindingInfoMessage"). */
class BlindedTest {
  private static final String SECRET = "très secret";

  private final DestinationKeys peer = DestinationKeys.generate();
  private StubRouter router;
  private I2p i2p;

  @SuppressWarnings("NullAway.Init") // start() sets them before any test
  BlindedTest() {}

  @BeforeEach
  void start() throws IOException {
    router = StubRouter.start();
    i2p = I2p.connect(router.uri());
  }

  @AfterEach
  void close() {
    peer.close();
    i2p.close();
    router.awaitAllClosed();
    router.close();
  }

  private static Destination java(io.allium.Destination destination) {
    try {
      Destination java = new Destination();
      java.fromByteArray(destination.toByteArray());
      return java;
    } catch (DataFormatException e) {
      throw new AssertionError(e);
    }
  }

  private I2pName address(boolean secret, boolean key) throws I2pException {
    return I2pName.parse(
        Blinding.encode(java(peer.destination()).getSigningPublicKey(), secret, key));
  }

  private static BlindedAccess secret() {
    return BlindedAccess.secret(SECRET.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] key() {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 0x42);
    return key;
  }

  private static ResolveOptions with(BlindedAccess access) {
    return ResolveOptions.builder().access(access).build();
  }

  private StubConnection last() {
    return router.connections().getLast();
  }

  private BlindingInfoMessage told() {
    assertThat(last().messages(BlindingInfoMessage.class)).hasSize(1);
    return last().messages(BlindingInfoMessage.class).getFirst();
  }

  @Test
  void anAddressThatAsksForNothingIsLookedUpByItsText() throws Exception {
    I2pName name = address(false, false);
    router.name(name.text(), java(peer.destination()));
    assertThat(i2p.resolve(name).destination()).isEqualTo(peer.destination());
    assertThat(last().messages(BlindingInfoMessage.class)).isEmpty();
    assertThat(last().messages(HostLookupMessage.class).getFirst().getLookupType())
        .isEqualTo(HostLookupMessage.LOOKUP_HOST);
  }

  @Test
  void aSecretIsToldBeforeTheQuestion() throws Exception {
    I2pName name = address(true, false);
    router.name(name.text(), java(peer.destination()));
    try (BlindedAccess access = secret()) {
      long before = router.now();
      assertThat(i2p.resolve(name, with(access)).destination()).isEqualTo(peer.destination());
      assertThat(told().getSecret()).isEqualTo(SECRET);
      assertThat(told().getAuthType()).isEqualTo(BlindData.AUTH_NONE);
      assertThat(told().getSessionId().getSessionId()).isEqualTo(0xffff);
      assertThat(told().getSigningPublicKey())
          .isEqualTo(java(peer.destination()).getSigningPublicKey());
      assertThat(told().getBlindData().getBlindedSigType())
          .isEqualTo(SigType.RedDSA_SHA512_Ed25519);
      long day = Duration.ofDays(1).toMillis();
      assertThat(told().getTimeout())
          .as("by the router's clock, in whole seconds")
          .isBetween(before + day - 1000, router.now() + day);
      assertThat(last().messages().indexOf(told())).isEqualTo(last().messages().size() - 2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DH, false, " + BlindData.AUTH_DH,
    "PSK, false, " + BlindData.AUTH_PSK,
    "DH, true, " + BlindData.AUTH_DH,
    "PSK, true, " + BlindData.AUTH_PSK
  })
  void aClientsKeyIsToldWithItsScheme(Scheme scheme, boolean withSecret, int java)
      throws Exception {
    I2pName name = address(withSecret, true);
    router.name(name.text(), java(peer.destination()));
    try (BlindedAccess alone = BlindedAccess.client(scheme, key());
        BlindedAccess both = alone.withSecret(SECRET.getBytes(StandardCharsets.UTF_8))) {
      assertThat(i2p.resolve(name, with(withSecret ? both : alone)).destination())
          .isEqualTo(peer.destination());
      assertThat(told().getAuthType()).isEqualTo(java);
      assertThat(told().getPrivateKey().getData()).isEqualTo(key());
      assertThat(told().getSecret()).isEqualTo(withSecret ? SECRET : null);
      assertThat(alone.clientKey()).as("the program's own is kept").hasValue(key());
    }
  }

  @Test
  void datagramsGoToAnAddressThatTheRouterCanOpen() throws Exception {
    try (I2pSession session = i2p.open(config().keys(peer).build());
        DatagramPort port = session.datagrams(Fixture.RAW)) {
      router.name(address(false, false).text(), java(peer.destination()));
      port.send(I2pAddress.of(address(false, false), 0), new byte[] {7});
      I2pDatagram came = port.receive(Fixture.PATIENCE);
      assertThat(came.payload()).containsExactly(7);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, nobody is online at this address",
    "2, needs a secret:",
    "3, needs a client's key:",
    "4, needs a secret and a client's key:",
    "5, cannot be decrypted",
    "6, offline"
  })
  void whatAnAddressWithoutAccessLacks(int code, String words) throws Exception {
    answer(code);
    assertNotFound(Fixture.failure(() -> i2p.resolve(address(true, true))), words);
  }

  @ParameterizedTest
  @CsvSource({
    "1, that this secret or client's key opens",
    "3, needs a client's key:",
    "5, cannot be decrypted"
  })
  void whatAccessThatIsWrongGets(int code, String words) throws Exception {
    answer(code);
    try (BlindedAccess access = secret()) {
      assertNotFound(Fixture.failure(() -> i2p.resolve(address(true, true), with(access))), words);
    }
  }

  private void answer(int code) {
    router.on(
        HostLookupMessage.class,
        (connection, message) -> connection.send(Stubs.refusal((HostLookupMessage) message, code)));
  }

  private static void assertNotFound(I2pException failure, String words) {
    assertThat(failure.kind()).isEqualTo(ErrorKind.LEASESET_NOT_FOUND);
    assertThat(failure).hasMessageContaining(words).hasMessageNotContaining(SECRET);
    assertClear(failure);
  }

  /** Whoever takes this answer talks to somebody else. */
  @Test
  void anAnswerWithAnotherSigningKeyIsRefused() throws Exception {
    try (DestinationKeys other = DestinationKeys.generate()) {
      router.on(
          HostLookupMessage.class,
          (connection, message) -> connection.send(
              Stubs.answer((HostLookupMessage) message, Optional.of(java(other.destination())))));
      I2pException failure = Fixture.failure(() -> i2p.resolve(address(false, false)));
      assertThat(failure.kind()).isEqualTo(ErrorKind.PROTOCOL_VIOLATION);
      assertClear(failure);
    }
  }

  /** A secret for a name that needs none would be told in vain, one that is no text would be another one. */
  @Test
  void accessThatCannotBeMeantIsRefused() throws Exception {
    try (BlindedAccess access = secret()) {
      for (I2pName name : List.of(peer.destination().base32(), I2pName.parse("example.i2p"))) {
        assertRefused(name, access);
      }
    }
    for (byte[] bad : List.of(new byte[0], new byte[] {(byte) 0xc3}, new byte[256])) {
      try (BlindedAccess access = BlindedAccess.secret(bad)) {
        assertRefused(address(true, false), access);
      }
    }
  }

  private void assertRefused(I2pName name, BlindedAccess access) {
    I2pException failure = Fixture.failure(() -> i2p.resolve(name, with(access)));
    assertThat(failure.kind()).isEqualTo(ErrorKind.CONFIG_INVALID);
    assertClear(failure);
    router.awaitAllClosed();
    assertThat(last().messages(BlindingInfoMessage.class)).isEmpty();
    assertThat(last().messages(HostLookupMessage.class)).isEmpty();
  }

  @Test
  void aSecretOfTheGreatestLengthIsTold() throws Exception {
    I2pName name = address(true, false);
    router.name(name.text(), java(peer.destination()));
    String longest = "s".repeat(255);
    try (BlindedAccess access = BlindedAccess.secret(longest.getBytes(StandardCharsets.US_ASCII))) {
      i2p.resolve(name, with(access));
      assertThat(told().getSecret()).isEqualTo(longest);
    }
  }
}
