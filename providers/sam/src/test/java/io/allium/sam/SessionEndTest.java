package io.allium.sam;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.I2p;
import io.allium.I2pAddress;
import io.allium.I2pSession;
import io.allium.Protocol;
import io.allium.spi.SessionDriver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session ends after its streams, as far as the router shows it. */
class SessionEndTest {
  private static final Duration TAKEN_LIMIT = Duration.ofMillis(500);

  private StubBridge bridge;

  @SuppressWarnings("NullAway.Init") // start() sets it before each test
  SessionEndTest() {}

  @BeforeEach
  void start() throws Exception {
    bridge = StubBridge.speaking("3.3")
        .on("STREAM CONNECT", StubBridge.reply("STREAM STATUS RESULT=OK\n"));
  }

  @AfterEach
  void stop() {
    bridge.close();
  }

  @Test
  void theSessionEndsOnceTheRouterTookUpTheEndOfItsStreams() throws Exception {
    CompletableFuture<Boolean> endedBefore = new CompletableFuture<>();
    try (I2p i2p = I2p.connect(bridge.uri())) {
      I2pSession session = i2p.open();
      session.connect(I2pAddress.of(Fixture.PEER, 0)).close();
      StubConnection control = bridge.awaitConnection("SESSION CREATE");
      StubConnection stream = bridge.awaitConnection("STREAM CONNECT");
      bridge.on("HELLO VERSION", (greeting, line) -> {
        stream.awaitEnd();
        endedBefore.complete(control.clientEnded());
        greeting.send("HELLO REPLY RESULT=OK VERSION=3.3\n");
      });
      session.close(Duration.ZERO);
      assertThat(endedBefore).isCompletedWithValue(false);
      StubBridge.await("the end of the session", control::clientEnded);
    }
  }

  @Test
  void aRouterThatAnswersNothingIsNotWaitedForLong() throws Exception {
    HandTime time = new HandTime();
    SessionDriver session = Drivers.open(bridge.uri(), time, Protocol.STREAM, lost -> {});
    session.listening(port -> true);
    bridge.on("STREAM ACCEPT", StubBridge.HANG);
    bridge.awaitConnection("STREAM ACCEPT");
    bridge.on("HELLO VERSION", StubBridge.HANG);
    CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> Drivers.close(session));
    StubBridge.await("the limit", () -> time.waitsFor(TAKEN_LIMIT));
    time.advance(TAKEN_LIMIT);
    closing.get(30, TimeUnit.SECONDS);
    StubBridge.await(
        "the end of the session", bridge.awaitConnection("SESSION CREATE")::clientEnded);
  }

  @Test
  void aSessionThatHadNoStreamsIsClosedAtOnce() throws Exception {
    SessionDriver session = Drivers.open(bridge.uri(), new HandTime(), Protocol.STREAM, lost -> {});
    int before = bridge.connections().size();
    Drivers.close(session);
    assertThat(bridge.connections()).hasSize(before);
  }
}
