package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.Credentials;
import io.allium.DatagramOptions;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Known;
import io.allium.Protocol;
import io.allium.SessionConfig;
import io.allium.i2cp.I2cpAt;
import io.allium.javanet.JavaNetwork;
import io.allium.javanet.JavaNetworkOptions;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Java routers let a program do over I2CP, and i2pd does not. */
@RequiresJavaNet
class I2cpOnJavaTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int ENCRYPTED = 1;
  private static final int LOCKED = 2;
  private static final SessionConfig CONFIG = SessionConfig.builder()
      .protocols(Protocol.RAW)
      .tunnelLength(1, 1)
      .tunnelQuantity(2, 2)
      .build();

  private static JavaNetwork network;

  @BeforeAll
  static void start() throws Exception {
    network = JavaNetwork.start(
        JavaNetworkOptions.defaults().tls(ENCRYPTED).password(LOCKED, "me", "open sesame"));
  }

  @AfterAll
  static void stop() throws Exception {
    network.close();
  }

  private static I2cpAt at(int router) {
    return I2cpAt.of("127.0.0.1", network.i2cp(router).getPort());
  }

  private static void assertRefused(I2cpAt at, ErrorKind kind, String said) {
    assertThatThrownBy(() -> I2p.connect(at).open(CONFIG))
        .isInstanceOfSatisfying(I2pException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining(said)
        .hasMessageNotContainingAny("sesame", "wrong");
  }

  @Test
  void aDestinationIsInTheNetworkFromItsFirstPortOn() throws Exception {
    try (I2p here = I2p.connect(at(0));
        I2p elsewhere = I2p.connect(at(4));
        I2pSession session = here.open(CONFIG);
        I2pSession published = here.open(CONFIG)) {
      published.datagrams(DatagramOptions.of(Protocol.RAW, 0));
      awaitFound(elsewhere, published);
      // by now the first one would be there as well
      assertThatThrownBy(() -> elsewhere.resolve(session.destination().base32()))
          .isInstanceOfSatisfying(
              I2pException.class,
              e -> assertThat(e.kind()).isEqualTo(ErrorKind.LEASESET_NOT_FOUND));
    }
  }

  private static void awaitFound(I2p router, I2pSession session) throws I2pException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      try {
        assertThat(router.resolve(session.destination().base32()).destination())
            .isEqualTo(session.destination());
        return;
      } catch (I2pException e) {
        if (e.kind() != ErrorKind.LEASESET_NOT_FOUND || System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }

  @Test
  void aSecondRouterTellsWhetherPeersCanFindADestination() throws Exception {
    try (I2p alone = I2p.connect(at(0));
        I2p watched = I2p.connect(at(0).withWitness(at(3)));
        I2pSession one = alone.open(CONFIG);
        I2pSession other = watched.open(CONFIG)) {
      assertThat(one.awaitReachable(LIMIT)).isEqualTo(Known.CANNOT_KNOW);
      assertThat(other.awaitReachable(LIMIT)).isEqualTo(Known.YES);
    }
  }

  @Test
  void anEncryptedInterfaceIsUsedWithItsCertificateAlone() throws Exception {
    I2cpAt trusting = at(ENCRYPTED).withCertificate(network.certificate(ENCRYPTED));
    try (I2p i2p = I2p.connect(trusting);
        I2p byUri = I2p.connect(trusting.uri().toString());
        I2pSession session = i2p.open(CONFIG)) {
      assertThat(session.destination()).isNotNull();
      assertThat(byUri.status().version()).startsWith("I2CP 0.9.");
    }
    assertRefused(at(ENCRYPTED).withTls(), ErrorKind.ROUTER_REFUSED, "certificate");
    assertRefused(at(ENCRYPTED), ErrorKind.PROTOCOL_VIOLATION, "i2cp+tls://");
    assertRefused(
        at(0).withCertificate(network.certificate(ENCRYPTED)), ErrorKind.PROTOCOL_VIOLATION, "TLS");
  }

  @Test
  void anInterfaceWithAPasswordTakesTheRightOneAlone() throws Exception {
    try (I2p i2p = I2p.connect(
            at(LOCKED).withCredentials(Credentials.of("me", "open sesame".toCharArray())));
        I2pSession session = i2p.open(CONFIG)) {
      assertThat(session.destination()).isNotNull();
    }
    assertRefused(at(LOCKED), ErrorKind.ROUTER_REFUSED, "password");
    assertRefused(
        at(LOCKED).withCredentials(Credentials.of("me", "wrong".toCharArray())),
        ErrorKind.ROUTER_REFUSED,
        "password");
  }

  @Test
  void offlineKeysGoOnline() throws Exception {
    try (DestinationKeys keys = OfflineKeys.generate();
        I2p i2p = I2p.connect(at(0));
        I2pSession session = i2p.open(SessionConfig.builder()
            .protocols(Protocol.DATAGRAM2)
            .keys(keys)
            .tunnelLength(1, 1)
            .build())) {
      assertThat(session.destination()).isEqualTo(keys.destination());
    }
  }
}
