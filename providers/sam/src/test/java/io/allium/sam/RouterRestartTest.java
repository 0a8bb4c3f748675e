package io.allium.sam;

import static io.allium.sam.Fixture.TO_PEER;
import static io.allium.sam.Fixture.kind;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.Recovery;
import io.allium.Registration;
import io.allium.SessionConfig;
import io.allium.SessionStatus.State;
import io.allium.spi.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The router goes away and comes back, in every phase of what a program does. */
class RouterRestartTest {
  private static final long SHORTEST = Duration.ofMillis(100).toNanos();
  private static final long LONGEST = Duration.ofMillis(200).toNanos();
  private static final StubBridge.Step OPENED = StubBridge.reply("STREAM STATUS RESULT=OK\n");

  private final AtomicInteger knocks = new AtomicInteger();
  private StubBridge bridge;
  private I2p i2p;
  private I2pSession session;

  @SuppressWarnings("NullAway.Init") // open() sets all before any test
  RouterRestartTest() {}

  @BeforeEach
  void open() throws IOException {
    bridge = scripted(0);
    i2p = I2p.connect(new Clocked(SamUri.parse(bridge.uri()), this::counting));
    session = i2p.open(config());
  }

  @AfterEach
  void close() {
    i2p.close();
    bridge.close();
  }

  private static SessionConfig config() {
    return Fixture.config().recovery(Recovery.ON).build();
  }

  private static StubBridge scripted(int port) throws IOException {
    return StubBridge.at(port, "3.1")
        .on("STREAM CONNECT", OPENED)
        .on("STREAM ACCEPT", OPENED)
        .on("NAMING LOOKUP", StubBridge.HANG);
  }

  /** Another bridge at the same address, which knows nothing of the first one's sessions. */
  private void restart() throws IOException {
    int port = bridge.uri().getPort();
    bridge.close();
    awaitAbsence();
    bridge = scripted(port);
  }

  /** No router restarts within the first of our knocks: one that answers it is taken for one that never went away. */
  private void awaitAbsence() {
    StubBridge.await("the loss", () -> session.status().state() != State.ONLINE);
    StubBridge.await("a knock in vain", () -> knocks.get() > 0);
  }

  /** That clock, which counts how often a session began to wait before it knocks at its router again. */
  private TimeSource counting(TimeSource system) {
    return new TimeSource() {
      @Override
      public long nanos() {
        return system.nanos();
      }

      @Override
      public Registration schedule(long delayNanos, Runnable task) {
        // an accept that failed pauses for exactly one or the other; a knock takes its chance
        if (delayNanos > SHORTEST && delayNanos < LONGEST) {
          knocks.incrementAndGet();
        }
        return system.schedule(delayNanos, task);
      }

      @Override
      public Registration onWake(Runnable task) {
        return system.onWake(task);
      }
    };
  }

  private void awaitBack() {
    StubBridge.await("the recovery", () -> session.status().recovered() == 1);
    assertThat(session.status().state()).isEqualTo(State.ONLINE);
  }

  @Test
  void whileNothingHappens() throws Exception {
    restart();
    awaitBack();
    assertThat(bridge.connections("SESSION CREATE")).hasSize(1);
    session.connect(TO_PEER).close();
  }

  @Test
  void whileASessionOpens() throws Exception {
    bridge.on("SESSION CREATE", StubBridge.HANG);
    CompletableFuture<ErrorKind> second = async(() -> i2p.open(config()));
    StubBridge.await("the second", () -> bridge.connections("SESSION CREATE").size() == 2);
    restart();
    assertThat(second.get(9, TimeUnit.SECONDS).retryable()).isTrue();
    awaitBack();
  }

  @Test
  void whileAStreamConnects() throws Exception {
    bridge.on("STREAM CONNECT", StubBridge.HANG);
    CompletableFuture<I2pStream> stream = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> {
      try {
        stream.complete(session.connect(TO_PEER));
      } catch (I2pException e) {
        stream.completeExceptionally(e);
      }
    });
    bridge.awaitConnection("STREAM CONNECT");
    restart();
    assertThat(stream.get(10, TimeUnit.SECONDS).remote()).isEqualTo(TO_PEER);
  }

  @Test
  void whileAnAcceptWaits() throws Exception {
    I2pAcceptor acceptor = session.listen(0);
    bridge.awaitConnection("STREAM ACCEPT");
    CompletableFuture<I2pStream> accepted = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> {
      try {
        accepted.complete(acceptor.accept());
      } catch (I2pException e) {
        accepted.completeExceptionally(e);
      }
    });
    restart();
    bridge.awaitAnswered("STREAM ACCEPT").send(Fixture.PEER_LINE);
    assertThat(accepted.get(10, TimeUnit.SECONDS).remote().name()).isEqualTo(Fixture.PEER);
  }

  @Test
  void whileDataMoves() throws Exception {
    I2pStream stream = session.connect(TO_PEER);
    CompletableFuture<ErrorKind> read = async(() -> stream.input().read());
    restart();
    assertThat(read.get(9, TimeUnit.SECONDS)).isEqualTo(ErrorKind.SESSION_LOST);
    awaitBack();
    assertThat(kind(() -> stream.output().write(1))).isEqualTo(ErrorKind.SESSION_LOST);
  }

  @Test
  void whileANameIsResolved() throws Exception {
    CompletableFuture<ErrorKind> lookup = async(() -> i2p.resolve("example.i2p"));
    bridge.awaitConnection("NAMING LOOKUP");
    restart();
    assertThat(lookup.get(9, TimeUnit.SECONDS).retryable()).isTrue();
    awaitBack();
  }

  @Test
  void whileASessionCloses() throws Exception {
    int port = bridge.uri().getPort();
    bridge.close();
    session.close();
    bridge = scripted(port);
    assertThat(session.status().state()).isEqualTo(State.CLOSED);
    i2p.open(config()).close();
    assertThat(bridge.connections("SESSION CREATE")).as("only the new one").hasSize(1);
  }

  @Test
  void aRouterThatStillHasTheDestinationOfOurOldSessionIsAskedAgain() throws Exception {
    int port = bridge.uri().getPort();
    bridge.close();
    awaitAbsence();
    bridge = scripted(port);
    bridge.on("SESSION CREATE", (connection, line) -> {
      if (bridge.connections("SESSION CREATE").size() < 3) {
        connection.send("SESSION STATUS RESULT=DUPLICATED_DEST\n");
      } else {
        connection.send(
            "SESSION STATUS RESULT=OK DESTINATION=" + Fixture.KEYS.exportBase64() + "\n");
      }
    });
    StubBridge.await("the recovery", () -> session.status().recovered() == 1);
  }

  @Test
  void aSessionThatTheRouterForgotIsNoticedWithoutTheEndOfItsConnection() throws Exception {
    bridge.on("STREAM CONNECT", StubBridge.reply("STREAM STATUS RESULT=INVALID_ID\n"));
    CompletableFuture<ErrorKind> connect = async(() -> session.connect(TO_PEER));
    StubBridge.await("the loss", () -> session.status().state() == State.RECOVERING);
    session.close();
    assertThat(connect.get(9, TimeUnit.SECONDS)).isEqualTo(ErrorKind.CLOSED);
  }

  /** The bridge says that a stream is open, and it never arrives. */
  @Test
  void aCallersPatienceIsNoReasonToOpenASessionAgain() throws Exception {
    assertThat(kind(() -> session.awaitReachable(Duration.ofMillis(300))))
        .isEqualTo(ErrorKind.TIMEOUT);
    assertThat(session.status().state()).isEqualTo(State.ONLINE);
    assertThat(session.status().recovered()).isZero();
    assertThat(bridge.connections("SESSION CREATE")).as("it, and its probe").hasSizeBetween(1, 2);
  }

  private interface Body {
    Object run() throws IOException;
  }

  private static CompletableFuture<ErrorKind> async(Body body) {
    CompletableFuture<ErrorKind> outcome = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> outcome.complete(kind(body::run)));
    return outcome;
  }
}
