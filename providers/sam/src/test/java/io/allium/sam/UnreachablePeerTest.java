package io.allium.sam;

import static io.allium.sam.Fixture.TO_PEER;
import static io.allium.sam.Fixture.config;
import static io.allium.sam.Fixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.ConnectOptions;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.I2pStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A peer that the router cannot reach: maybe since our own session is so young. */
class UnreachablePeerTest {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** So that nothing else is due at a full second from a pause. */
  private static final Duration HALF = Duration.ofMillis(500);

  private static final ConnectOptions WITH_90_S =
      ConnectOptions.builder().timeout(Duration.ofMillis(90_250)).build();

  private final HandTime time = new HandTime();
  private final AtomicInteger tries = new AtomicInteger();
  private volatile int failures = Integer.MAX_VALUE;
  private final StubBridge bridge = StubBridge.speaking("3.3");
  private final I2p i2p = I2p.connect(Clocked.by(time, bridge.uri()));
  private final I2pSession session = i2p.open(config().build());

  UnreachablePeerTest() throws IOException {
    bridge.on(
        "STREAM CONNECT",
        (connection, line) -> connection.send("STREAM STATUS RESULT="
            + (tries.incrementAndGet() <= failures ? "CANT_REACH_PEER" : "OK") + "\n"));
  }

  @AfterEach
  void close() {
    i2p.close();
    bridge.close();
  }

  private CompletableFuture<Object> connect() {
    CompletableFuture<Object> outcome = new CompletableFuture<>();
    time.advance(HALF);
    Thread.ofVirtual().start(() -> {
      try {
        outcome.complete(session.connect(TO_PEER, WITH_90_S));
      } catch (IOException e) {
        outcome.complete(failure(() -> {
          throw e;
        }));
      }
    });
    return outcome;
  }

  /** Lets the next pause pass; false if the call is over. */
  private boolean isTriedAgain(CompletableFuture<Object> call) {
    StubBridge.await("a pause, or the end", () -> call.isDone() || time.waitsFor(PAUSE));
    if (call.isDone()) {
      return false;
    }
    time.advance(PAUSE);
    return true;
  }

  @Test
  void aYoungSessionTriesAsLongAsThereIsTime() throws Exception {
    failures = 60;
    CompletableFuture<Object> call = connect();
    int pauses = 0;
    while (isTriedAgain(call)) {
      pauses++;
    }
    assertThat(call.get(9, TimeUnit.SECONDS)).isInstanceOf(I2pStream.class);
    assertThat(pauses).isEqualTo(60);
  }

  @Test
  void itSaysWhyOnceThereIsNoTime() throws Exception {
    CompletableFuture<Object> call = connect();
    while (isTriedAgain(call)) {
      // until its 90 s are over
    }
    assertThat(call.get(9, TimeUnit.SECONDS))
        .extracting("kind")
        .isEqualTo(ErrorKind.PEER_UNREACHABLE);
    assertThat(tries).hasValue(91);
  }

  @Test
  void aSessionThatHasSettledTriesTwiceMore() throws Exception {
    time.advance(Duration.ofMinutes(2));
    CompletableFuture<Object> call = connect();
    while (isTriedAgain(call)) {
      // twice
    }
    assertThat(call.get(9, TimeUnit.SECONDS))
        .extracting("kind")
        .isEqualTo(ErrorKind.PEER_UNREACHABLE);
    assertThat(tries).hasValue(3);
  }
}
