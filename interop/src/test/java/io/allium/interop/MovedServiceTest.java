package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DestinationKeys;
import io.allium.I2p;
import io.allium.I2pAddress;
import io.allium.I2pSession;
import io.allium.SessionConfig;
import io.allium.proxy.forward.ClientForward;
import io.allium.proxy.forward.ServerForward;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A web site behind a forward at the real clock: many short connections to it, and one that comes back elsewhere. */
@RequiresI2pd("curl")
class MovedServiceTest {
  private static final byte[] PAGE = "hello".getBytes();
  private static final int CONNECTIONS = 100;

  /** i2pd answers SESSION CREATE at a multiple of 20 s, and a session that it failed to publish comes back much later. */
  private static final Duration LIMIT = Duration.ofSeconds(240);

  /** A session that goes on with what it knew needs eight minutes. */
  private static final Duration SOON = Duration.ofSeconds(90);

  private TestNet net;
  private LocalSite site;
  private I2p here;
  private I2p there;
  private I2p elsewhere;

  @SuppressWarnings("NullAway.Init") // open() sets all before any test
  MovedServiceTest() {}

  @BeforeEach
  void open() throws IOException {
    net = TestNet.start(3, TestNet.REAL, "--no-check");
    site = LocalSite.start(PAGE);
    here = I2p.connect(net.router(0));
    there = I2p.connect(net.router(1));
    elsewhere = I2p.connect(net.router(2));
  }

  @AfterEach
  void close() {
    here.close(Duration.ZERO);
    there.close(Duration.ZERO);
    elsewhere.close(Duration.ZERO);
    site.close();
    net.close();
  }

  private static SessionConfig.Builder config() {
    return SessionConfig.builder().tunnelLength(0, 0).tunnelQuantity(5, 5);
  }

  private ServerForward serve(I2p router, DestinationKeys keys) throws IOException {
    I2pSession session = router.open(config().keys(keys).build());
    ServerForward forward = ServerForward.open(session, 0, site.address());
    session.awaitReachable(LIMIT);
    return forward;
  }

  @Test
  void aHundredShortConnectionsAreAnsweredAndOneThatMovedIsFoundSoon() throws Exception {
    FutureTask<I2pSession> opening = new FutureTask<>(() -> here.open(config().build()));
    Thread.ofVirtual().start(opening);
    try (DestinationKeys keys = DestinationKeys.generate();
        ServerForward first = serve(there, keys);
        ClientForward client =
            ClientForward.open(opening.get(), I2pAddress.of(keys.destination(), 0))) {
      long start = System.nanoTime();
      for (int i = 0; i < CONNECTIONS; i++) {
        assertThat(curl(client, 60)).as("connection " + i).isEqualTo("hello");
      }
      System.out.printf("short connections: %.1f s%n", (System.nanoTime() - start) / 1e9);
      first.close();
      there.close(Duration.ZERO);
      ServerForward second = serve(elsewhere, keys);
      long moved = System.nanoTime();
      String answer;
      do {
        answer = curl(client, 15);
      } while (answer.isEmpty() && System.nanoTime() - moved < LIMIT.toNanos());
      Duration took = Duration.ofNanos(System.nanoTime() - moved);
      System.out.println("found elsewhere after " + took.toMillis() + " ms");
      assertThat(answer).isEqualTo("hello");
      assertThat(took).isLessThan(SOON);
      second.close();
    }
  }

  /** What it printed, empty if it failed. */
  private static String curl(ClientForward client, int seconds) throws Exception {
    String url = "http://127.0.0.1:" + client.localAddress().getPort() + "/";
    List<String> command =
        List.of("curl", "-q", "-s", "--fail", "--noproxy", "*", "--max-time", "" + seconds, url);
    try (Program curl = Program.start(command)) {
      return curl.end().last();
    }
  }
}
