package io.allium.i2cp;

import static io.allium.i2cp.Fixture.at;
import static io.allium.i2cp.Fixture.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Protocol;
import io.allium.SessionStatus.State;
import io.allium.SignatureType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import net.i2p.data.i2cp.CreateLeaseSet2Message;
import net.i2p.data.i2cp.DestroySessionMessage;
import net.i2p.data.i2cp.SendMessageExpiresMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions of every type of key, and their end, while the router and the program still use them. */
class EndOfSessionTest {
  private static final int ROUNDS = 100;

  /** What no thread caught: a thread that dies so leaves somebody waiting. */
  private static final List<Throwable> UNCAUGHT = new CopyOnWriteArrayList<>();

  private StubRouter router;
  private I2p i2p;

  @SuppressWarnings("NullAway.Init") // start() sets them before any test
  EndOfSessionTest() {}

  @BeforeEach
  void start() throws IOException {
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> UNCAUGHT.add(thrown));
    router = StubRouter.start();
    i2p = I2p.connect(router.uri());
  }

  @AfterEach
  void close() {
    i2p.close();
    router.awaitAllClosed();
    router.close();
    Thread.setDefaultUncaughtExceptionHandler(null);
    assertThat(UNCAUGHT).isEmpty();
  }

  @AfterAll
  static void noThreadIsLeft() {
    LiveThreads.awaitNone();
  }

  @ParameterizedTest
  @EnumSource(
      names = {"DSA_SHA1", "ECDSA_SHA256_P256", "ECDSA_SHA384_P384", "ECDSA_SHA512_P521", "ED25519"
      })
  void keysOfEveryTypeSign(SignatureType type) throws Exception {
    try (I2pSession session =
        i2p.open(config().newDestination().signatureType(type).build())) {
      assertThat(session.destination().signatureType()).contains(type);
      assertThat(router.awaitOnline().leaseSets().getFirst().getLeaseSet().verifySignature())
          .isTrue();
    }
  }

  /** The JDK cannot sign with these. */
  @Test
  void keysOfATypeThatCannotSignHereAreRefused() {
    I2pException failure = Fixture.failure(() ->
        i2p.open(config().newDestination().signatureType(SignatureType.RED25519).build()));
    assertThat(failure.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
    Fixture.assertClear(failure);
  }

  /** The close waits for nothing, and what was sent before goes all the same. */
  @Test
  void theRouterGetsAllThatWasSentBeforeTheEnd() throws Exception {
    I2pSession session = i2p.open(config().build());
    DatagramPort port = session.datagrams(Fixture.RAW);
    StubConnection connection = router.awaitOnline();
    router.on(SendMessageExpiresMessage.class, StubRouter.SILENCE);
    for (int i = 0; i < ROUNDS; i++) {
      port.send(at(session), new byte[1000]);
    }
    session.close(Duration.ZERO);
    StubRouter.await("the end of the connection", connection::hasEnded);
    assertThat(connection.sends()).isEqualTo(ROUNDS);
    assertThat(connection.messages(DestroySessionMessage.class))
        .extracting(message -> message.getSessionId().getSessionId())
        .containsExactly(connection.session());
  }

  @Test
  void aSendThatTheEndMeetsSaysSo() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      I2pSession session = i2p.open(config().newDestination().build());
      DatagramPort port = session.datagrams(DatagramOptions.of(Protocol.DATAGRAM, 0));
      Fixture.Running<Object> sender = new Fixture.Running<>(() -> {
        while (true) {
          port.send(at(session), new byte[100]);
        }
      });
      StubConnection connection = router.awaitOnline(i + 1);
      StubRouter.await("a message", () -> connection.sends() > 0);
      session.close(Duration.ZERO);
      assertThat(sender.failure().kind()).isEqualTo(ErrorKind.CLOSED);
    }
  }

  /** The router asks while the session ends: the key that would sign is wiped by then. */
  @Test
  void aLeaseSetThatIsWantedAtTheEndIsNotMade() throws Exception {
    router.on(CreateLeaseSet2Message.class, (connection, message) -> {
      for (int i = 0; i < 50; i++) {
        connection.send(Stubs.together(
            Stubs.leaseSetWanted(connection.session(), router.now()),
            Stubs.date(router.now(), "0.9.64")));
      }
    });
    for (int i = 0; i < ROUNDS; i++) {
      I2pSession session = i2p.open(config().newDestination().build());
      session.close(Duration.ZERO);
      assertThat(session.status().state()).isEqualTo(State.CLOSED);
    }
  }
}
