package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.SessionConfig;
import io.allium.SessionStatus;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Sessions that a living i2pd says are open, and that peers do not find. */
@RequiresI2pd
class ReachabilityTest {
  private static final int SESSIONS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(50);
  private static final Duration ARRIVAL = Duration.ofSeconds(10);

  /** Opened again at once, i2pd 2.45 and 2.56 never answer a peer that does not know the session already. */
  @Test
  void aSessionThatALivingRouterLosesIsFoundByStrangersAgain() throws Exception {
    TestNet net = SharedNet.fast();
    try (CuttableRelay relay = new CuttableRelay(net.router(1));
        I2p there = I2p.connect(relay.uri());
        I2p here = I2p.connect(net.router(0));
        I2pSession server = there.open(config(0, 5));
        I2pAcceptor acceptor = server.listen(0)) {
      server.awaitReachable(PATIENCE);
      relay.cut();
      awaitRecovery(server);
      reachFromNewSession(here, server, acceptor);
    }
  }

  /** With a single tunnel each way, i2pd fails to publish every second session. */
  @Test
  void asManySessionsAsAreOpenedAreReachableOnceTheySaySo() throws Exception {
    TestNet net = SharedNet.fast();
    long renewed = 0;
    try (I2p there = I2p.connect(net.router(1));
        I2p here = I2p.connect(net.router(0))) {
      for (int i = 0; i < SESSIONS; i++) {
        try (I2pSession server = there.open(config(1, 1));
            I2pAcceptor acceptor = server.listen(0)) {
          server.awaitReachable(PATIENCE.multipliedBy(2));
          renewed += server.status().recovered();
          reachFromNewSession(here, server, acceptor);
        }
      }
    }
    System.out.println(
        "opened again since i2pd had not published them: " + renewed + " of " + SESSIONS);
  }

  private static SessionConfig config(int hops, int tunnels) {
    return SessionConfig.builder()
        .tunnelLength(hops, hops)
        .tunnelQuantity(tunnels, tunnels)
        .build();
  }

  private static void awaitRecovery(I2pSession session) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (session.status().recovered() == 0) {
      assertThat(System.nanoTime()).as("waited for the recovery").isLessThan(end);
      Thread.onSpinWait();
    }
    assertThat(session.status().state()).isEqualTo(SessionStatus.State.ONLINE);
  }

  /** Each knows nothing of the server, so it needs its published lease set; i2pd loses a stream now and then. */
  private static void reachFromNewSession(I2p here, I2pSession server, I2pAcceptor acceptor)
      throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!reached(here, server, acceptor)) {
      assertThat(System.nanoTime()).as("strangers are not through").isLessThan(end);
    }
  }

  private static boolean reached(I2p here, I2pSession server, I2pAcceptor acceptor)
      throws IOException {
    try {
      I2pSession stranger = here.open(config(0, 5));
      try (I2pStream ours = stranger.connect(server.destination())) {
        ours.output().write(9);
        try (I2pStream theirs = acceptor.accept(ARRIVAL)) {
          theirs.readTimeout(PATIENCE);
          assertThat(theirs.input().read()).isEqualTo(9);
          return true;
        }
      } finally {
        stranger.close(Duration.ZERO); // it has been heard, or another one is to try
      }
    } catch (I2pException e) {
      assertThat(e.kind().retryable()).as("%s", e).isTrue();
      return false;
    }
  }
}
