package io.allium.sam;

import static io.allium.sam.Fixture.KEYS;
import static io.allium.sam.Fixture.PEER;
import static io.allium.sam.Fixture.TO_PEER;
import static io.allium.sam.Fixture.config;
import static io.allium.sam.Fixture.failure;
import static io.allium.sam.Fixture.kind;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.allium.Capability;
import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.Protocol;
import io.allium.Recovery;
import io.allium.SendOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ways of Java I2P's own bridge, as seen with version 2.7.0: the transcripts are in the folder {@code java}. */
class JavaBridgeTest {
  private static final String B32 = PEER.base32().text();
  private static final Duration REOPEN_PAUSE = Duration.ofSeconds(10);
  private static final Duration RETRY_PAUSE = Duration.ofMillis(500);

  private final HandTime time = new HandTime();
  private final StubBridge bridge = StubBridge.speaking("3.3");
  private final I2p i2p = I2p.connect(Clocked.by(time, bridgeAt("")));

  JavaBridgeTest() throws IOException {}

  @AfterEach
  void nothingIsLeft() {
    i2p.close(Duration.ZERO);
    bridge.awaitAllClosed();
    bridge.close();
  }

  @AfterAll
  static void noThreadIsLeft() {
    LiveThreads.awaitNone();
  }

  private URI bridgeAt(String settings) {
    return URI.create("sam://127.0.0.1:" + bridge.port() + settings);
  }

  private Transcript play(String file) {
    return play(file, Protocol.STREAM);
  }

  private Transcript play(String file, Protocol style) {
    Map<String, String> words = Map.of(
        "KEYS", KEYS.exportBase64(),
        "ME", KEYS.destination().base64(),
        "PEER", PEER.base64(),
        "B32", B32,
        "STYLE", style.name());
    return Transcript.play(bridge, time, "java/" + file + ".txt", words);
  }

  private interface Blocking<T> {
    T call() throws I2pException;
  }

  private static <T> CompletableFuture<T> async(Blocking<T> body) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> {
      try {
        outcome.complete(body.call());
      } catch (I2pException e) {
        outcome.completeExceptionally(e);
      }
    });
    return outcome;
  }

  private static I2pException failureOf(CompletableFuture<?> outcome) {
    return (I2pException) outcome.handle((result, failure) -> failure).join();
  }

  private void pass(Duration pause) {
    StubBridge.await("a pause of " + pause, () -> time.waitsFor(pause));
    time.advance(pause);
  }

  /** The question whether the router answers has the same limit, and is nothing that a wake could end. */
  private void passReopenPause() {
    StubBridge.await("the pause", () -> time.wakers() == 1 && time.waitsFor(REOPEN_PAUSE));
    time.advance(REOPEN_PAUSE);
  }

  private static String line(I2pStream stream) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int next = stream.input().read(); next != '\n'; next = stream.input().read()) {
      assertThat(next).as("the stream goes on").isNotNegative();
      text.append((char) next);
    }
    return text.toString();
  }

  private static void say(I2pStream stream, String text) throws IOException {
    stream.output().write((text + "\n").getBytes(US_ASCII));
  }

  @ParameterizedTest
  @EnumSource(names = {"DATAGRAM", "RAW"})
  void aSessionThatIsDeadAfterASoftRestartComesBack(Protocol protocol) throws IOException {
    Transcript transcript = play("soft-restart", protocol);
    I2pSession session =
        i2p.open(config().protocols(protocol).recovery(Recovery.ON).build());
    time.advance(Heartbeat.INTERVAL);
    passReopenPause();
    StubBridge.await("the recovery", () -> session.status().recovered() == 1);
    session.close();
    transcript.assertPlayed();
  }

  @Test
  void oneAcceptWaitsAndNoneIsLeftBehind() throws IOException {
    Transcript transcript = play("accept");
    I2pSession session = i2p.open(config().build());
    I2pAcceptor acceptor = session.listen(80);
    try (I2pStream stream = acceptor.accept()) {
      assertThat(stream.remote()).isEqualTo(I2pAddress.of(PEER, 5));
      assertThat(stream.local().port()).isEqualTo(80);
      assertThat(line(stream)).isEqualTo("question");
      say(stream, "answer");
    }
    StubBridge.await(
        "the next accept", () -> bridge.connections("STREAM ACCEPT").size() == 2);
    bridge.awaitAnswered("STREAM ACCEPT");
    session.close(Duration.ZERO);
    transcript.assertPlayed();
  }

  @Test
  void aConnectThatIsAnsweredLateIsATimeout() throws IOException {
    Transcript transcript = play("late-connect");
    bridge.on("PING", (connection, line) -> connection.send(line.replace("PING", "PONG") + "\n"));
    I2pSession session = i2p.open(config().build());
    CompletableFuture<I2pStream> connect = async(() -> session.connect(TO_PEER));
    StubBridge.await("the answer's time", () -> time.waitsFor(Duration.ofSeconds(333)));
    time.advance(Duration.ofSeconds(90));
    assertThat(failureOf(connect).kind()).isEqualTo(ErrorKind.TIMEOUT);
    StubConnection control = bridge.awaitConnection("SESSION CREATE");
    StubBridge.await(
        "the heartbeat", () -> control.lines().contains("PING 1") && control.isAnswered());
    time.advance(Duration.ofSeconds(243));
    session.connect(TO_PEER).close();
    session.close(Duration.ZERO);
    transcript.assertPlayed();
  }

  @Test
  void keysThatWereJustClosedAreOpenedOnceTheyAreFree() throws IOException {
    Transcript transcript = play("duplicated-dest");
    i2p.open(config().build()).close();
    CompletableFuture<I2pSession> again = async(() -> i2p.open(config().build()));
    pass(RETRY_PAUSE);
    pass(RETRY_PAUSE);
    again.join().close();
    transcript.assertPlayed();
  }

  @Test
  void keysThatStayInUseAreToldWithinSeconds() {
    Transcript transcript = play("duplicate-destination");
    CompletableFuture<I2pSession> open = async(() -> i2p.open(config().build()));
    for (int pauses = 0; pauses < 10; pauses++) {
      pass(RETRY_PAUSE);
    }
    I2pException failure = failureOf(open);
    assertThat(failure.kind()).isEqualTo(ErrorKind.DESTINATION_IN_USE);
    assertThat(failure)
        .hasMessageContainingAll("duplicate destination", "close the other session")
        .hasMessageNotContaining(KEYS.exportBase64().substring(0, 16));
    assertThat(time.nanos()).isEqualTo(Duration.ofSeconds(5).toNanos());
    transcript.assertPlayed();
  }

  /** However long that is: the session's own tries go on. */
  @Test
  void aSessionWhoseDestinationWasTakenBackIsOpenedOnceItIsFree() throws IOException {
    Transcript transcript = play("crash");
    I2pSession session = i2p.open(config().recovery(Recovery.ON).build());
    passReopenPause();
    Duration least = Duration.ofNanos(1);
    while (session.status().recovered() == 0) {
      StubBridge.await(
          "a pause, or the recovery",
          () ->
              session.status().recovered() == 1 || time.waitsBetween(least, Duration.ofSeconds(1)));
      time.advance(session.status().recovered() == 1 ? Duration.ZERO : RETRY_PAUSE);
    }
    session.close();
    transcript.assertPlayed();
  }

  @Test
  void aRawDatagramHasNoProtocol255() throws IOException {
    Transcript transcript = play("raw");
    try (I2p inBand = I2p.connect(Clocked.by(time, bridgeAt("?datagrams=in-band")));
        I2pSession session = inBand.open(config().protocols(Protocol.RAW).build());
        DatagramPort port = session.datagrams(
            DatagramOptions.builder(Protocol.RAW).listenNumber(0).build())) {
      SendOptions.Builder options = SendOptions.builder();
      assertThatIllegalArgumentException().isThrownBy(() -> options.number(255));
      port.send(TO_PEER, "hello\n".getBytes(US_ASCII), options.number(254).build());
      I2pDatagram arrived = port.receive();
      assertThat(arrived.payload()).isEqualTo("hey\n".getBytes(US_ASCII));
      assertThat(arrived.protocol()).isZero();
    }
    transcript.assertPlayed();
  }

  @Test
  void aPeerThatAcceptsNobodyRefusesAtOnce() throws IOException {
    Transcript transcript = play("nobody-accepts");
    I2pSession session = i2p.open(config().build());
    I2pException failure = failure(() -> session.connect(TO_PEER));
    assertThat(failure.kind()).isEqualTo(ErrorKind.PEER_REFUSED);
    assertThat(failure).hasMessageContaining("nobody accepts streams there now");
    session.close();
    transcript.assertPlayed();
  }

  @Test
  void itsOwnDestinationIsToldToBeThat() throws IOException {
    Transcript transcript = play("own-destination");
    I2pSession session = i2p.open(config().build());
    I2pException failure = failure(() -> session.connect(session.destination()));
    assertThat(failure.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
    assertThat(failure).hasMessageContaining("use another session");
    session.close();
    transcript.assertPlayed();
  }

  @Test
  void anAddressOfNobodyIsLookedForAsLongAsTheBridgeDoes() {
    Transcript transcript = play("unknown-address");
    CompletableFuture<?> lookup = async(() -> i2p.resolve(B32));
    pass(Duration.ofSeconds(15));
    assertThat(failureOf(lookup).kind()).isEqualTo(ErrorKind.LEASESET_NOT_FOUND);
    transcript.assertPlayed();
  }

  @Test
  void aDirectionDoesNotEndBeforeItsAnswerCame() throws IOException {
    Transcript transcript = play("half-close");
    I2pSession session = i2p.open(config().build());
    assertThat(session.capabilities())
        .contains(Capability.PORTS)
        .doesNotContain(Capability.HALF_CLOSE);
    try (I2pStream stream = session.connect(I2pAddress.of(PEER, 80))) {
      say(stream, "question");
      assertThat(kind(stream::shutdownOutput)).isEqualTo(ErrorKind.UNSUPPORTED);
      say(stream, "question after the refusal");
      assertThat(line(stream)).isEqualTo("answer");
    }
    session.close();
    transcript.assertPlayed();
  }
}
