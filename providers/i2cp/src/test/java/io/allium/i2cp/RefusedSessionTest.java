package io.allium.i2cp;

import static io.allium.i2cp.Fixture.assertClear;
import static io.allium.i2cp.Fixture.config;
import static io.allium.i2cp.Fixture.failure;
import static io.allium.i2cp.StubRouter.SILENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.SessionConfig;
import io.allium.spi.support.ManualTime;
import java.io.IOException;
import java.time.Duration;
import net.i2p.data.i2cp.CreateSessionMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Routers that do not open a session, in each way in which they say so. */
class RefusedSessionTest {
  private StubRouter router;
  private I2p i2p;

  @SuppressWarnings("NullAway.Init") // start() sets them before any test
  RefusedSessionTest() {}

  @BeforeEach
  void start() throws IOException {
    router = StubRouter.start();
    i2p = I2p.connect(router.uri());
  }

  @AfterEach
  void close() {
    router.awaitAllClosed();
    i2p.close();
    router.close();
  }

  private I2pException open() {
    I2pException failure =
        failure(() -> i2p.open(config().openTimeout(Fixture.PATIENCE).build()));
    assertThat(failure.kind()).as("%s", failure).isNotEqualTo(ErrorKind.INTERNAL);
    assertClear(failure);
    return failure;
  }

  /** Java I2P: words, and the end of the connection. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          session limit exceeded | ROUTER_REFUSED | takes no more sessions
          Authorization required | ROUTER_REFUSED | wants a user name and a password
          Authorization failed, user = duplicate destination | ROUTER_REFUSED | give the right ones
          Unsupported signature type 99 | UNSUPPORTED | does not support this type of keys
          Unsupported crypto type: 7 | UNSUPPORTED | does not support this type of keys
          Create session message client clock skew? 4 min in the past | ROUTER_ERROR | clock
          Offline signature for tunnel expired 1/1/26 | KEY_INVALID | make a new one
          Invalid signature on CreateSessionMessage | KEY_INVALID | signature
          bad session configuration parameters | ROUTER_ERROR | refused an option
          Router shutdown | SESSION_LOST | start it
          something new | SESSION_LOST | try again
          """)
  void javaSaysWhy(String reason, ErrorKind kind, String words) throws Exception {
    router.on(CreateSessionMessage.class, (connection, message) -> {
      connection.send(Stubs.disconnect(reason));
      connection.close();
    });
    I2pException failure = open();
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageContaining(words);
    router.on(CreateSessionMessage.class, router::create);
    i2p.open(config().build()).close();
  }

  /** i2pd: a status, and the connection stays. */
  @ParameterizedTest
  @CsvSource({
    "0, DESTINATION_IN_USE, refused the session without a reason",
    "3, DESTINATION_IN_USE, refused the session without a reason",
    "4, ROUTER_REFUSED, takes no more sessions",
    "5, DESTINATION_IN_USE, refused the session without a reason",
    "99, DESTINATION_IN_USE, refused the session without a reason"
  })
  void i2pdSaysThatSomethingIsWrong(int status, ErrorKind kind, String words) throws Exception {
    router.on(
        CreateSessionMessage.class,
        (connection, message) -> connection.send(Stubs.status(0xffff, status)));
    I2pException failure = open();
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageContaining(words);
    router.on(CreateSessionMessage.class, router::create);
    i2p.open(config().build()).close();
  }

  /** No destination is named: the words of a router may hold one. */
  @Test
  void theWordsOfARouterAreNotRepeated() {
    String destination = Fixture.KEYS.destination().base64();
    router.on(CreateSessionMessage.class, (connection, message) -> {
      connection.send(Stubs.disconnect(destination.substring(0, 200)));
      connection.close();
    });
    assertThat(open()).hasMessageNotContaining(destination.substring(0, 12));
  }

  @Test
  void aDestinationThatIsOnlineAlready() throws Exception {
    try (DestinationKeys keys = DestinationKeys.generate();
        I2pSession first = i2p.open(config().keys(keys).build())) {
      SessionConfig again =
          config().keys(keys).openTimeout(Duration.ofSeconds(1)).build();
      I2pException failure = failure(() -> i2p.open(again));
      assertThat(failure.kind()).isEqualTo(ErrorKind.DESTINATION_IN_USE);
      assertClear(failure);
      assertThat(first.status().state()).isEqualTo(io.allium.SessionStatus.State.ONLINE);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRouterThatNeverAnswersOrNeverHasTunnels(boolean created) throws Exception {
    router.on(CreateSessionMessage.class, (connection, message) -> {
      if (created) {
        connection.send(Stubs.created(1));
      }
    });
    ManualTime time = new ManualTime();
    try (I2p clocked = I2p.connect(Clocked.by(time, router.uri()))) {
      Fixture.Running<I2pSession> open = new Fixture.Running<>(
          () -> clocked.open(config().openTimeout(Duration.ofMinutes(3)).build()));
      StubRouter.await("the session", () -> router.sessions().size() == 1);
      StubRouter.await("the answer", () -> router.sessions().getFirst().answered() == 2);
      open.waitingIn(Link.class);
      time.advance(Duration.ofMinutes(2).toNanos());
      assertThat(open.done()).isFalse();
      time.advance(Duration.ofMinutes(1).toNanos());
      I2pException failure = open.failure();
      assertThat(failure.kind()).isEqualTo(ErrorKind.TIMEOUT);
      assertThat(failure.getCause()).isInstanceOf(I2pException.class);
      router.awaitAllClosed();
    }
  }

  @Test
  void anInterruptAbandonsTheOpen() throws Exception {
    router.on(CreateSessionMessage.class, SILENCE);
    new Fixture.Running<>(() -> i2p.open(config().build()))
        .waitingIn(Link.class)
        .assertInterruptAbandonsIt();
    router.awaitAllClosed();
    router.on(CreateSessionMessage.class, router::create);
    i2p.open(config().build()).close();
  }

  @Test
  void theEndOfAccessEndsAnOpen() throws Exception {
    router.on(CreateSessionMessage.class, SILENCE);
    Fixture.Running<I2pSession> open =
        new Fixture.Running<>(() -> i2p.open(config().build()));
    open.waitingIn(Link.class);
    i2p.close();
    assertThat(open.failure().kind()).isEqualTo(ErrorKind.CLOSED);
  }

  @Test
  void whatIsNotCarriedIsRefusedWithoutTheRouter() {
    int before = router.connections().size();
    assertThat(failure(() -> i2p.open(SessionConfig.transientKeys())).kind())
        .isEqualTo(ErrorKind.UNSUPPORTED);
    assertThat(failure(() -> i2p.open(config().encryptionTypes(0).build())).kind())
        .as("ElGamal")
        .isEqualTo(ErrorKind.UNSUPPORTED);
    assertThat(failure(() -> i2p.open(config().option("i2cp.leaseSetType", "5").build()))
            .kind())
        .isEqualTo(ErrorKind.UNSUPPORTED);
    assertThat(router.connections()).hasSize(before);
  }
}
