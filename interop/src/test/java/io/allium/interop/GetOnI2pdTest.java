package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pName;
import io.allium.I2pSession;
import io.allium.cli.Main;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** {@code allium get}, which has no option for it: two pages that it fetches never come from one destination. */
@RequiresI2pd
class GetOnI2pdTest {
  private static final int TRIES = 10;

  @Test
  void eachGetComesFromANewDestinationAndFollowsNoRedirect() throws Exception {
    Set<I2pName> visitors = ConcurrentHashMap.newKeySet();
    TestNet net = SharedNet.fast();
    try (I2p i2p = I2p.connect(net.router(1));
        I2pSession site = i2p.open();
        I2pAcceptor acceptor = site.listen(0)) {
      site.awaitReachable(Duration.ofMinutes(1));
      String address = site.destination().base32().text();
      Thread.startVirtualThread(() -> serve(acceptor, visitors, "http://" + address + "/more"));
      for (int i = 0; i < TRIES && visitors.size() < 2; i++) {
        try (Program get = Program.java(
            Main.class, "--router", net.router(0).toString(), "get", "http://" + address + "/")) {
          Program.Ended ended = get.end();
          if (ended.code() != 75) { // the network may need another try
            assertThat(ended.code()).isEqualTo(66);
            assertThat(ended.errors()).contains("status 302", "http://" + address + "/more");
          }
        }
      }
      assertThat(visitors).hasSize(2);
    }
  }

  private static void serve(I2pAcceptor acceptor, Set<I2pName> visitors, String elsewhere) {
    try {
      acceptor.serve(stream -> {
        assertThat(stream.input().read()).isPositive();
        assertThat(visitors.add(stream.remote().name())).as("a new destination").isTrue();
        stream
            .output()
            .write(
                ("HTTP/1.0 302 Found\r\nLocation: " + elsewhere + "\r\nContent-Length: 0\r\n\r\n")
                    .getBytes());
        stream.input().transferTo(OutputStream.nullOutputStream()); // the peer hangs up first
      });
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
