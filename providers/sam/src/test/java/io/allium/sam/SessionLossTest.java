package io.allium.sam;

import static io.allium.sam.Fixture.TO_PEER;
import static io.allium.sam.Fixture.config;
import static io.allium.sam.Fixture.kind;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.Protocol;
import io.allium.SessionEvent;
import io.allium.SessionStatus;
import io.allium.spi.ConnectRequest;
import io.allium.spi.support.AbortableCall;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The control connection of a session: what the bridge says on it, and what its end means. */
class SessionLossTest {
  private static final StubBridge.Step OK = StubBridge.reply("STREAM STATUS RESULT=OK\n");

  /** The timer that every session has. */
  private static final int HEARTBEAT = 1;

  private final StubBridge bridge;
  private final List<SessionEvent> events = new CopyOnWriteArrayList<>();

  SessionLossTest() throws IOException {
    bridge = StubBridge.speaking("3.3").on("STREAM CONNECT", OK).on("STREAM ACCEPT", OK);
  }

  @AfterAll
  static void noThreadIsLeft() {
    LiveThreads.awaitNone();
  }

  @AfterEach
  void nothingIsLeft() {
    bridge.awaitAllClosed();
    bridge.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SESSION STATUS RESULT=I2P_ERROR MESSAGE=\"the router shuts down\"\n",
        "nonsense nonsense=\"\n",
        "STREAM STATUS RESULT=NEW_IN_4_0\n"
      })
  void theEndOfASessionIsTheEndOfAllThatBelongsToIt(String lastWords) throws Exception {
    try (I2p i2p = I2p.connect(bridge.uri());
        I2pSession session = i2p.open(config().build())) {
      session.onEvent(events::add);
      I2pStream stream = session.connect(TO_PEER);
      I2pAcceptor acceptor = session.listen(0);
      CompletableFuture<ErrorKind> read = async(() -> kind(() -> stream.input().read()));
      CompletableFuture<ErrorKind> accept = async(() -> kind(acceptor::accept));
      StubConnection control = bridge.awaitConnection("SESSION CREATE");
      bridge.awaitConnection("STREAM ACCEPT");
      if (lastWords.isEmpty()) {
        control.close();
      } else {
        control.send(lastWords);
      }
      assertThat(read.get(9, TimeUnit.SECONDS)).isEqualTo(ErrorKind.SESSION_LOST);
      assertThat(accept.get(9, TimeUnit.SECONDS)).isEqualTo(ErrorKind.SESSION_LOST);
      StubBridge.await("the events", () -> events.size() == 3);
      assertThat(events)
          .extracting(event -> event.getClass().getSimpleName())
          .containsExactly("Ready", "Lost", "Closed");
      assertThat(session.status().state()).isEqualTo(SessionStatus.State.LOST);
      assertThat(kind(() -> session.connect(TO_PEER))).isEqualTo(ErrorKind.SESSION_LOST);
      assertThat(kind(() -> session.listen(1))).isEqualTo(ErrorKind.SESSION_LOST);
      assertThat(kind(() -> stream.output().write(1))).isEqualTo(ErrorKind.SESSION_LOST);
    }
  }

  @Test
  void aStreamThatEndsAfterItsSessionIsNotAFinishedOne() throws Exception {
    for (int i = 0; i < 100; i++) {
      try (I2p i2p = I2p.connect(bridge.uri());
          I2pSession session = i2p.open(config().build())) {
        I2pStream stream = session.connect(TO_PEER);
        StubConnection control = bridge.connections("SESSION CREATE").getLast();
        StubConnection data = bridge.connections("STREAM CONNECT").getLast();
        data.send("half of it");
        control.close();
        data.close();
        assertThat(kind(() -> stream.input().readAllBytes())).isEqualTo(ErrorKind.SESSION_LOST);
      }
    }
  }

  @ParameterizedTest(name = "the session ends in time: {0}")
  @ValueSource(booleans = {true, false})
  void aStreamThatEndsBeforeItsSessionWaitsForIt(boolean inTime) throws Exception {
    HandTime time = new HandTime();
    var session = Drivers.open(bridge.uri(), time, Protocol.STREAM, lost -> {});
    var stream = session.connect(ConnectRequest.of(Fixture.PEER, 0, 0), new AbortableCall());
    bridge.awaitConnection("STREAM CONNECT").close();
    CompletableFuture<Object> end = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> {
      try {
        end.complete(stream.read(ByteBuffer.allocate(1), 0));
      } catch (I2pException | InterruptedException e) {
        end.complete(e);
      }
    });
    StubBridge.await("the stream to wait", () -> time.waiting() == HEARTBEAT + 1);
    assertThat(end).isNotDone();
    if (inTime) {
      bridge.awaitConnection("SESSION CREATE").close();
      assertThat(end.get(9, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              I2pException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.SESSION_LOST));
    } else {
      time.advance(ControlWatch.GRACE);
      assertThat(end.get(9, TimeUnit.SECONDS)).isEqualTo(-1);
    }
    stream.close();
    Drivers.close(session);
    bridge.connections().forEach(StubConnection::close);
  }

  @Test
  void aStreamThatEndsAloneIsFinishedAndTheSessionLives() throws Exception {
    try (I2p i2p = I2p.connect(bridge.uri());
        I2pSession session = i2p.open(config().build())) {
      I2pStream stream = session.connect(TO_PEER);
      bridge.awaitConnection("STREAM CONNECT").send("all of it");
      bridge.awaitConnection("STREAM CONNECT").close();
      assertThat(stream.input().readAllBytes()).asString().isEqualTo("all of it");
      assertThat(session.status().state()).isEqualTo(SessionStatus.State.ONLINE);
    }
  }

  @Test
  void aResetStreamIsThePeersAndTheSessionLives() throws Exception {
    try (I2p i2p = I2p.connect(bridge.uri());
        I2pSession session = i2p.open(config().build())) {
      I2pStream stream = session.connect(TO_PEER);
      bridge.awaitConnection("STREAM CONNECT").reset();
      assertThat(kind(() -> stream.input().read())).isEqualTo(ErrorKind.PEER_RESET);
      session.connect(TO_PEER).close();
    }
  }

  @Test
  void aPingIsAnsweredWhateverElseHappens() throws Exception {
    try (I2p i2p = I2p.connect(bridge.uri());
        I2pSession session = i2p.open(config().build())) {
      StubConnection control = bridge.awaitConnection("SESSION CREATE");
      bridge.on("PONG", StubBridge.HANG);
      control.send("PING 1\n");
      StubBridge.await("the first answer", () -> control.lines().contains("PONG 1"));
      control.send("PI");
      control.send("NG two words\nPING\nSESSION STATUS RESULT=OK\nPING 4\n");
      StubBridge.await("every answer", () -> control.lines().contains("PONG 4"));
      assertThat(control.lines().subList(2, 6))
          .containsExactly("PONG 1", "PONG two words", "PONG", "PONG 4");
      assertThat(session.status().state()).isEqualTo(SessionStatus.State.ONLINE);
    }
  }

  @Test
  void aSessionLostWhileItOpensIsOpenedAndLost() throws Exception {
    bridge.on("SESSION CREATE", (connection, line) -> {
      connection.send("SESSION STATUS RESULT=OK DESTINATION=" + Fixture.KEYS.exportBase64() + "\n");
      connection.close();
    });
    try (I2p i2p = I2p.connect(bridge.uri());
        I2pSession session = i2p.open(config().build())) {
      session.onEvent(events::add);
      StubBridge.await("the events", () -> events.size() == 3);
      assertThat(session.status().state()).isEqualTo(SessionStatus.State.LOST);
    }
  }

  @Test
  void aClosedSessionLetsGoOfItsSocketEvenIfTheBridgeKeepsItsEnd() throws Exception {
    int many = 20;
    try (I2p i2p = I2p.connect(bridge.uri())) {
      for (int i = 0; i < many; i++) {
        i2p.open(config().build());
      }
      StubBridge.await(
          "the sessions", () -> bridge.connections("SESSION CREATE").size() == many);
      long before = openDescriptors();
      i2p.close();
      StubBridge.await("the descriptors to be freed", () -> openDescriptors() <= before - many);
    }
  }

  private static long openDescriptors() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.UnixOperatingSystemMXBean.class)
        .getOpenFileDescriptorCount();
  }

  private static CompletableFuture<ErrorKind> async(java.util.function.Supplier<ErrorKind> body) {
    CompletableFuture<ErrorKind> outcome = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> outcome.complete(body.get()));
    return outcome;
  }
}
