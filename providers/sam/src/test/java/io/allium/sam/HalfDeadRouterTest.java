package io.allium.sam;

import static io.allium.sam.Fixture.PEER;
import static io.allium.sam.Fixture.TO_PEER;
import static io.allium.sam.Fixture.kind;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.Recovery;
import io.allium.SessionStatus.State;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A router that is gone without having ended any connection, as behind a cable that was pulled. */
class HalfDeadRouterTest {
  private static final StubBridge.Step OPENED = StubBridge.reply("STREAM STATUS RESULT=OK\n");
  private static final StubBridge.Step GREETING =
      StubBridge.reply("HELLO REPLY RESULT=OK VERSION=3.1\n");

  /** Real time in which the clock stands still is what calls of a few milliseconds have to succeed. */
  private static final Duration STEP = Duration.ofMillis(100);

  private final HandTime time = new HandTime();
  private StubBridge bridge;
  private I2p i2p;
  private I2pSession session;

  @SuppressWarnings("NullAway.Init") // open() sets all before any test
  HalfDeadRouterTest() {}

  @BeforeEach
  void open() throws IOException {
    bridge = scripted(0);
    i2p = I2p.connect(Clocked.by(time, bridge.uri()));
    session = i2p.open(Fixture.config().recovery(Recovery.ON).build());
  }

  @AfterEach
  void close() {
    i2p.close();
    bridge.close();
  }

  @AfterAll
  static void noThreadIsLeft() {
    LiveThreads.awaitNone();
  }

  private static StubBridge scripted(int port) throws IOException {
    return StubBridge.at(port, "3.1").on("STREAM CONNECT", OPENED).on("STREAM ACCEPT", OPENED);
  }

  private void awaitState(State state) {
    StubBridge.await(state.name(), () -> {
      time.advance(STEP);
      return session.status().state() == state;
    });
  }

  @Test
  void itsSessionsComeBackWhenItDoes() throws Exception {
    I2pStream stream = session.connect(TO_PEER);
    I2pAcceptor acceptor = session.listen(0);
    CompletableFuture<I2pStream> accepted = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> {
      try {
        accepted.complete(acceptor.accept());
      } catch (IOException e) {
        accepted.completeExceptionally(e);
      }
    });
    CompletableFuture<ErrorKind> read = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> read.complete(kind(() -> stream.input().read())));
    StubConnection armed = bridge.awaitConnection("STREAM ACCEPT");
    bridge.on("HELLO VERSION", StubBridge.HANG);
    awaitState(State.RECOVERING);
    assertThat(read.get(9, TimeUnit.SECONDS)).isEqualTo(ErrorKind.SESSION_LOST);
    StubBridge.await("the accept to be given up", armed::clientEnded);
    bridge.on("HELLO VERSION", GREETING);
    awaitState(State.ONLINE);
    assertThat(session.status().recovered()).isEqualTo(1);
    StubBridge.await("the accept", () -> bridge.connections("STREAM ACCEPT").size() == 2);
    bridge.awaitAnswered("STREAM ACCEPT").send(Fixture.PEER_LINE);
    assertThat(accepted.get(9, TimeUnit.SECONDS).remote().name()).isEqualTo(PEER);
  }

  /** Nothing but waking up can end the pause: the clock stands still. */
  @Test
  void afterASuspensionARouterThatWasAwayIsAskedAtOnce() throws Exception {
    int port = bridge.uri().getPort();
    bridge.close();
    StubBridge.await("the loss", () -> session.status().state() == State.RECOVERING);
    StubBridge.await("a pause", () -> time.waitsBetween(Duration.ZERO, Duration.ofSeconds(1)));
    time.advance(Duration.ofHours(1));
    StubBridge.await(
        "a long pause", () -> time.waitsBetween(Duration.ofSeconds(100), Duration.ofMinutes(5)));
    bridge = scripted(port);
    time.wake();
    StubBridge.await("the recovery", () -> session.status().recovered() == 1);
  }
}
