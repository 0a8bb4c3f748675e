package io.allium.sam;

import static io.allium.sam.Fixture.TO_PEER;
import static io.allium.sam.Fixture.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.ConnectOptions;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A peer that the router cannot reach: maybe since our own session is so young. */
class UnreachablePeerTest {
  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));

  /** So that nothing else is due at a full second from a pause. */
  private static final Duration HALF = Duration.ofMillis(500);

  private static final Duration TIMEOUT = Duration.ofMillis(30_250);

  private final HandTime time = new HandTime();
  private final AtomicInteger tries = new AtomicInteger();
  private volatile int failures = Integer.MAX_VALUE;
  private volatile Duration answer = Duration.ZERO;
  private final StubBridge bridge = StubBridge.speaking("3.3");
  private final I2p i2p = I2p.connect(Clocked.by(time, bridge.uri()));
  private final I2pSession session = i2p.open(config().build());

  UnreachablePeerTest() throws IOException {
    bridge.on("STREAM CONNECT", (connection, line) -> {
      time.advance(answer);
      connection.send("STREAM STATUS RESULT="
          + (tries.incrementAndGet() <= failures ? "CANT_REACH_PEER" : "OK") + "\n");
    });
  }

  @AfterEach
  void close() {
    i2p.close();
    bridge.close();
  }

  private CompletableFuture<Object> connect(Duration timeout) {
    CompletableFuture<Object> outcome = new CompletableFuture<>();
    time.advance(HALF);
    ConnectOptions options = ConnectOptions.builder().timeout(timeout).build();
    Thread.ofVirtual().start(() -> {
      try {
        outcome.complete(session.connect(TO_PEER, options));
      } catch (I2pException e) {
        outcome.complete(e.kind());
      }
    });
    return outcome;
  }

  /** Lets each pause pass until the call is over, and tells what it came to, in how many seconds of pauses. */
  private long pauses(CompletableFuture<Object> call) {
    Duration sum = Duration.ZERO;
    while (true) {
      StubBridge.await(
          "a pause, or the end", () -> call.isDone() || PAUSES.stream().anyMatch(time::waitsFor));
      if (call.isDone()) {
        return sum.toSeconds();
      }
      Duration pause = PAUSES.stream().filter(time::waitsFor).findFirst().orElseThrow();
      sum = sum.plus(pause);
      time.advance(pause);
    }
  }

  @Test
  void aYoungSessionTriesAsLongAsThereIsTime() {
    CompletableFuture<Object> call = connect(TIMEOUT);
    assertThat(pauses(call)).isEqualTo(1 + 2 + 4 + 4 + 4 + 4 + 4 + 4);
    assertThat(call).isCompletedWithValue(ErrorKind.PEER_UNREACHABLE);
    assertThat(tries).hasValue(9);
  }

  @Test
  void aPeerThatIsFoundMeanwhileIsReached() {
    failures = 8;
    CompletableFuture<Object> call = connect(TIMEOUT);
    assertThat(pauses(call)).isEqualTo(27);
    assertThat(call).isCompletedWithValueMatching(I2pStream.class::isInstance);
  }

  /** As i2pd, which looks for a peer for some seconds. */
  @Test
  void theRoutersOwnTimeCounts() {
    answer = Duration.ofSeconds(6);
    CompletableFuture<Object> call = connect(TIMEOUT);
    assertThat(pauses(call)).isEqualTo(1 + 2 + 4);
    assertThat(call).isCompletedWithValue(ErrorKind.PEER_UNREACHABLE);
    assertThat(tries).hasValue(4);
  }

  @Test
  void itSaysWhyOnceThereIsNoTimeForAnotherPause() {
    CompletableFuture<Object> call = connect(Duration.ofMillis(10_250));
    assertThat(pauses(call)).isEqualTo(1 + 2 + 4);
    assertThat(call).isCompletedWithValue(ErrorKind.PEER_UNREACHABLE);
    assertThat(tries).hasValue(4);
  }

  @Test
  void itSaysWhyWhenItsTimeIsOverWhileTheRouterLooks() {
    CompletableFuture<Object> call = connect(Duration.ofMillis(5_250));
    StubBridge.await("the first pause", () -> time.waitsFor(PAUSES.getFirst()));
    answer = Duration.ofSeconds(60);
    assertThat(pauses(call)).isEqualTo(1);
    assertThat(call).isCompletedWithValue(ErrorKind.PEER_UNREACHABLE);
    assertThat(tries).hasValue(2);
  }

  @Test
  void aSessionThatHasSettledTriesTwiceMore() {
    time.advance(Duration.ofMinutes(2));
    CompletableFuture<Object> call = connect(TIMEOUT);
    assertThat(pauses(call)).isEqualTo(1 + 2);
    assertThat(call).isCompletedWithValue(ErrorKind.PEER_UNREACHABLE);
    assertThat(tries).hasValue(3);
  }
}
