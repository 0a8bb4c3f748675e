package io.allium.i2cp;

import static io.allium.i2cp.Fixture.assertClear;
import static io.allium.i2cp.Fixture.failure;
import static io.allium.i2cp.StubRouter.CLOSE;
import static io.allium.i2cp.StubRouter.RESET;
import static io.allium.i2cp.StubRouter.SILENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.spi.support.ManualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import net.i2p.data.i2cp.DestReplyMessage;
import net.i2p.data.i2cp.GetDateMessage;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers, or does not, where a router's I2CP should be (I2CP, "Connection Establishment"). */
class GreetingTest {
  private static final Duration SOON = Duration.ofMillis(300);

  private StubRouter router;

  @SuppressWarnings("NullAway.Init") // start() sets it before any test
  GreetingTest() {}

  @BeforeEach
  void start() throws IOException {
    router = StubRouter.start();
  }

  /** Whatever happened, no connection and no thread is left. */
  @AfterEach
  void close() {
    router.awaitAllClosed();
    router.close();
  }

  private I2pException connect(StubRouter.Step greeting) {
    router.on(GetDateMessage.class, greeting);
    I2pException failure = failure(() -> I2p.connect(router.at()));
    assertClear(failure);
    return failure;
  }

  @Test
  void aRouterSaysWhatItSpeaks() throws Exception {
    try (I2p i2p = I2p.connect(router.uri())) {
      assertThat(i2p.status().toString()).contains("I2CP 0.9.64");
      assertThat(router.connections().getFirst().messages(GetDateMessage.class))
          .extracting(GetDateMessage::getVersion)
          .as("no release has this number")
          .containsExactly("0.9.64.0");
    }
  }

  @Test
  void anEchoOfOurVersionIsNoVersion() throws Exception {
    router.on(
        GetDateMessage.class,
        (connection, message) ->
            connection.send(Stubs.date(router.now(), ((GetDateMessage) message).getVersion())));
    try (I2p i2p = I2p.connect(router.uri())) {
      assertThat(i2p.status().toString()).contains("I2CP").doesNotContain("0.9.64");
    }
  }

  @Test
  void nobodyListens() throws Exception {
    StubRouter gone = StubRouter.start();
    gone.close();
    I2pException failure = failure(() -> I2p.connect(gone.uri()));
    assertThat(failure.kind()).isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
    assertThat(failure).hasMessageContaining("no I2CP answers at i2cp://127.0.0.1:" + gone.port());
    assertClear(failure);
  }

  @Test
  void aRouterThatNeverAnswers() {
    router.on(GetDateMessage.class, SILENCE);
    I2pException failure = failure(() -> I2p.connect(router.at(), SOON));
    assertThat(failure.kind()).isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
    assertThat(failure).hasMessageContaining("took the connection and said nothing in time");
    assertClear(failure);
  }

  @Test
  void aRouterThatAnswersLate() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    router.on(GetDateMessage.class, (connection, message) -> {
      late.await();
      connection.send(Stubs.date(router.now(), "0.9.64"));
    });
    Fixture.Running<I2p> connect = new Fixture.Running<>(() -> I2p.connect(router.uri()));
    connect.waitingIn(Link.class);
    late.countDown();
    connect.get().close();
  }

  @Test
  void aRouterThatAnswersTooLateIsLetGo() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    ManualTime time = new ManualTime();
    router.on(GetDateMessage.class, (connection, message) -> {
      if (router.connections().indexOf(connection) > 0) {
        late.await();
      }
      connection.send(Stubs.date(router.now(), "0.9.64"));
    });
    try (I2p i2p = I2p.connect(Clocked.by(time, router.uri()))) {
      Fixture.Running<Object> status = new Fixture.Running<>(i2p::status);
      status.waitingIn(Link.class);
      time.advance(I2p.DEFAULT_TIMEOUT.toNanos());
      assertThat(status.failure().kind()).isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
      late.countDown();
      router.awaitAllClosed();
    }
  }

  @Test
  void anInterruptAbandonsTheConnect() throws Exception {
    router.on(GetDateMessage.class, SILENCE);
    new Fixture.Running<>(() -> I2p.connect(router.uri()))
        .waitingIn(Link.class)
        .assertInterruptAbandonsIt();
  }

  @Test
  void aRouterThatEndsTheConnectionWithoutAWord() {
    I2pException failure = connect(CLOSE);
    assertThat(failure.kind()).isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
    assertThat(failure).hasMessageContaining("ended the connection without an answer");
  }

  @Test
  void aRouterThatResetsTheConnection() {
    assertThat(connect(RESET).kind()).isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n",
        "HELLO REPLY RESULT=I2P_ERROR\n",
        "SSH-2.0-OpenSSH_9.2\r\n"
      })
  void whatDoesNotSpeakI2cp(String answer) {
    I2pException failure = connect(
        (connection, message) -> connection.send(answer.getBytes(StandardCharsets.US_ASCII)));
    assertThat(failure.kind()).isEqualTo(ErrorKind.PROTOCOL_VIOLATION);
    assertThat(failure)
        .hasMessageContaining("does not speak I2CP: give the port of the router's I2CP");
  }

  /** An alert: "unexpected message". */
  @Test
  void aRouterThatWantsTls() {
    I2pException failure = connect((connection, message) -> {
      connection.send(HexFormat.of().parseHex("1503010002020a"));
      connection.close();
    });
    assertThat(failure.kind()).isEqualTo(ErrorKind.PROTOCOL_VIOLATION);
  }

  @Test
  void aCertificateThatIsNotThere() {
    I2cpAt at = I2cpAt.of("127.0.0.1", router.port()).withCertificate(Path.of("no-such.crt"));
    I2pException failure =
        Assertions.catchThrowableOfType(I2pException.class, () -> I2p.connect(at));
    assertThat(failure.kind()).isEqualTo(ErrorKind.CONFIG_INVALID);
    assertThat(failure).hasMessageContaining("no-such.crt cannot be used: give the file");
  }

  @Test
  void anAnswerThatIsCutAnywhere() {
    byte[] whole = StubConnection.bytes(Stubs.date(1, "0.9.64"));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      I2pException failure = connect((connection, message) -> {
        connection.send(cut);
        connection.close();
      });
      assertThat(failure.kind()).isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
    }
  }

  /** The body is shorter than a date. */
  @Test
  void anAnswerThatIsMalformed() {
    I2pException failure = connect((connection, message) -> {
      connection.send(HexFormat.of().parseHex("00000003" + "21" + "000000"));
    });
    assertThat(failure.kind()).isEqualTo(ErrorKind.PROTOCOL_VIOLATION);
  }

  @Test
  void messagesBeforeTheAnswerArePassedOver() throws Exception {
    router.on(
        GetDateMessage.class,
        (connection, message) -> connection.send(Stubs.together(
            new DestReplyMessage(),
            Stubs.created(9),
            Stubs.leaseSetWanted(9, router.now()),
            Stubs.payload(9, new byte[] {1}),
            Stubs.date(router.now(), "0.9.64"))));
    I2p.connect(router.uri()).close();
  }
}
