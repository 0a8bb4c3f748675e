package io.allium.samclient;

import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.Recovery;
import io.allium.SessionStatus.State;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A router that is gone without having ended any connection, as behind a cable that was pulled. */
class HalfDeadRouterTest {
  private static final StubBridge.Step OPENED = StubBridge.reply("STREAM STATUS RESULT=OK\n");

  private final HandTime time = new HandTime();
  private StubBridge bridge;
  private I2p i2p;
  private I2pSession session;

  @SuppressWarnings("NullAway.Init") // open() sets all before any test
  HalfDeadRouterTest() {}

  @BeforeEach
  void open() throws IOException {
    bridge = scripted(0);
    i2p = I2p.connect(HandProvider.uri(bridge.uri(), time));
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
