package io.allium.sam;

import static io.allium.sam.Fixture.PEER;
import static io.allium.sam.Fixture.PEER_LINE;
import static io.allium.sam.Fixture.TO_PEER;
import static io.allium.sam.Fixture.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Protocol;
import io.allium.protocol.structures.I2pBase64;
import io.allium.protocol.structures.KeysAndCert;
import io.allium.spi.SessionDriver;
import io.allium.spi.support.AbortableCall;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accepts that a bridge refuses, drops or answers late: the acceptor goes on, and nothing runs hot. */
class AcceptFaultTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String ARMED = "STREAM STATUS RESULT=OK\n";

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration ARM_TIMEOUT = Duration.ofSeconds(10);

  /** The timer that every session has. */
  private static final int HEARTBEAT = 1;

  private final StubBridge bridge;
  private final AtomicInteger accepts = new AtomicInteger();

  AcceptFaultTest() throws IOException {
    bridge = StubBridge.speaking("3.3");
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
        "STREAM STATUS RESULT=I2P_ERROR MESSAGE=\"late\"\n",
        "STREAM STATUS RESULT=OK\nSTREAM STATUS RESULT=I2P_ERROR MESSAGE=\"late\"\n",
        "STREAM STATUS RESULT=OK\nSTREAM STATUS RESULT=TIMEOUT\n",
        "STREAM STATUS RESULT=OK\nSESSION STATUS RESULT=I2P_ERROR MESSAGE=\"late\"\n",
        "STREAM STATUS RESULT=NEW_IN_4_0\n",
        "STREAM STATUS RESULT=OK\nnonsense\n",
        "HTTP/1.1 400 Bad Request\r\n\r\n"
      })
  void anErrorIsNoStreamAndTheNextAcceptWorks(String error) throws IOException {
    bridge.on(
        "STREAM ACCEPT",
        (connection, line) ->
            connection.send(accepts.getAndIncrement() == 0 ? error : ARMED + PEER_LINE));
    try (I2p i2p = I2p.connect(bridge.uri());
        I2pSession session = i2p.open(config().build());
        I2pAcceptor acceptor = session.listen(0)) {
      assertThat(acceptor.accept(PATIENCE).remote()).isEqualTo(TO_PEER);
      assertThat(bridge.connections("STREAM ACCEPT").get(0).clientEnded()).isTrue();
    }
  }

  @Test
  void aBridgeThatDropsEveryAcceptIsAskedLessAndLess() throws Exception {
    bridge.on("STREAM ACCEPT", (connection, line) -> {
      connection.send(ARMED);
      connection.close();
    });
    HandTime time = new HandTime();
    List<I2pException> losses = new CopyOnWriteArrayList<>();
    var session = Drivers.open(bridge.uri(), time, Protocol.STREAM, losses::add);
    session.listening(port -> true);
    Duration pause = FIRST_PAUSE;
    for (int accepts = 1; accepts <= 9; accepts++) {
      Duration next = pause;
      StubBridge.await("a pause", () -> time.waitsFor(next));
      assertThat(bridge.connections("STREAM ACCEPT")).hasSize(accepts);
      if (accepts < 9) {
        time.advance(pause);
        pause = pause.multipliedBy(2);
      }
    }
    assertThat(losses).isEmpty();
    Drivers.close(session);
  }

  /** Such a peer comes again and again: it must not bring about the pauses that a failing router does. */
  @Test
  void aPeerThatCannotBeReadKeepsNobodyWaiting() throws IOException {
    String unreadable = unreadable();
    bridge.on(
        "STREAM ACCEPT",
        (connection, line) ->
            connection.send(ARMED + (accepts.getAndIncrement() < 30 ? unreadable : PEER_LINE)));
    try (I2p i2p = I2p.connect(bridge.uri());
        I2pSession session = i2p.open(config().build());
        I2pAcceptor acceptor = session.listen(0)) {
      assertThat(acceptor.accept(Duration.ofSeconds(20)).remote()).isEqualTo(TO_PEER);
      assertThat(bridge.connections("STREAM ACCEPT").get(0).clientEnded()).isTrue();
    }
  }

  @Test
  void aBridgeThatNamesNoPeerThatCanBeReadIsNotAskedWithoutEnd() throws Exception {
    bridge.on("STREAM ACCEPT", StubBridge.reply(ARMED + unreadable()));
    HandTime time = new HandTime();
    var session = Drivers.open(bridge.uri(), time, Protocol.STREAM, lost -> {});
    session.listening(port -> true);
    StubBridge.await("a pause", () -> time.waitsFor(FIRST_PAUSE));
    assertThat(bridge.connections("STREAM ACCEPT")).hasSize(64);
    time.advance(FIRST_PAUSE);
    StubBridge.await("a longer pause", () -> time.waitsFor(FIRST_PAUSE.multipliedBy(2)));
    assertThat(bridge.connections("STREAM ACCEPT")).hasSize(128);
    Drivers.close(session);
  }

  /** The line of a peer with a certificate of old times. */
  private static String unreadable() {
    byte[] hidden = PEER.toByteArray();
    hidden[KeysAndCert.CRYPTO_FIELD + KeysAndCert.SIGNING_FIELD] = 2;
    return I2pBase64.encode(hidden) + "\n";
  }

  @Test
  void aBridgeThatTakesOneAcceptAtATimeIsGivenOne() throws Exception {
    AtomicReference<@Nullable StubConnection> armed = new AtomicReference<>();
    AtomicInteger refused = new AtomicInteger();
    bridge.on("STREAM ACCEPT", (connection, line) -> {
      if (armed.compareAndSet(null, connection)) {
        connection.send(ARMED);
      } else {
        refused.incrementAndGet();
        connection.send("STREAM STATUS RESULT=ALREADY_ACCEPTING\n");
      }
    });
    HandTime time = new HandTime();
    var session = Drivers.open(bridge.uri(4), time, Protocol.STREAM, lost -> {});
    session.listening(port -> true);
    StubBridge.await("three pauses", () -> armed.get() != null && time.waiting(FIRST_PAUSE) == 3);
    peerComes(armed, session);
    StubBridge.await("one to wait again", () -> armed.get() != null);
    time.advance(FIRST_PAUSE);
    for (int i = 0; i < 5; i++) {
      StubBridge.await(
          "the others to wait for their turn",
          () -> armed.get() != null && time.waiting() == HEARTBEAT);
      peerComes(armed, session);
    }
    assertThat(refused).as("none once the bridge's limit is known").hasValue(3);
    Drivers.close(session);
  }

  private static void peerComes(
      AtomicReference<@Nullable StubConnection> armed, SessionDriver session) throws Exception {
    Objects.requireNonNull(armed.getAndSet(null)).send(PEER_LINE);
    session.accept(new AbortableCall()).refuse();
  }

  @Test
  void aBridgeThatNeverAnswersAnAcceptIsGivenUp() throws Exception {
    HandTime time = new HandTime();
    var session = Drivers.open(bridge.uri(), time, Protocol.STREAM, lost -> {});
    Duration pause = FIRST_PAUSE;
    for (String hangsAt : List.of("STREAM ACCEPT", "HELLO VERSION")) {
      bridge.on(hangsAt, StubBridge.HANG);
      int before = bridge.connections(hangsAt).size();
      session.listening(port -> true);
      time.advance(pause.dividedBy(2));
      StubBridge.await(hangsAt, () -> bridge.connections(hangsAt).size() > before);
      StubConnection hangs = bridge.connections(hangsAt).getLast();
      StubBridge.await(
          "a limit", () -> time.waitsBetween(ARM_TIMEOUT.minusSeconds(1), ARM_TIMEOUT));
      time.advance(ARM_TIMEOUT);
      StubBridge.await("the accept to be given up", hangs::clientEnded);
      Duration next = pause;
      StubBridge.await("a pause", () -> time.waitsFor(next));
      pause = pause.multipliedBy(2);
    }
    bridge.on("HELLO VERSION", StubBridge.reply("HELLO REPLY RESULT=OK VERSION=3.3\n"));
    Drivers.close(session);
  }

  @Test
  void anArmedAcceptWaitsForEver() throws Exception {
    HandTime time = new HandTime();
    bridge.on("STREAM ACCEPT", StubBridge.reply(ARMED));
    var session = Drivers.open(bridge.uri(), time, Protocol.STREAM, lost -> {});
    session.listening(port -> true);
    CompletableFuture<Object> outcome = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> {
      try {
        outcome.complete(session.accept(new AbortableCall()).remote());
      } catch (Exception e) {
        outcome.completeExceptionally(e);
      }
    });
    bridge.awaitConnection("STREAM ACCEPT");
    StubBridge.await("the accept to be armed", () -> time.waiting() == HEARTBEAT);
    time.advance(Duration.ofDays(1));
    bridge.awaitConnection("STREAM ACCEPT").send(PEER_LINE);
    assertThat(outcome.get(9, TimeUnit.SECONDS)).isEqualTo(Fixture.PEER);
    Drivers.close(session);
    bridge.connections().forEach(StubConnection::close);
  }
}
