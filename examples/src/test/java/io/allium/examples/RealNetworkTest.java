package io.allium.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.memory.MemoryNetwork;
import java.util.List;
import org.junit.jupiter.api.Test;

class RealNetworkTest {
  @Test
  void everyStepIsReportedWithoutAnAddress() throws Exception {
    try (MemoryNetwork network = MemoryNetwork.create();
        I2p i2p = I2p.connect(network.uri());
        I2pSession site = i2p.open();
        I2pAcceptor acceptor = site.listen(0)) {
      Thread.ofVirtual().start(() -> serve(acceptor));
      String host = site.destination().base32().text();
      try (Run run = Run.of(
          RealNetwork::main,
          network.uri("here").toString(),
          network.uri("there").toString(),
          host)) {
        String output = run.output();
        assertThat(output.lines().map(line -> line.split(" ")[0]).toList())
            .containsExactlyElementsOf(List.of(
                "java",
                "router",
                "can",
                "reach",
                "rounds",
                "connects",
                "upload",
                "streams",
                "reach",
                "datagrams",
                "site"));
        assertThat(output)
            .contains("10 of 10 answered", "30 answers to 30 questions", "HTTP/1.0 200, 24 bytes")
            .doesNotContain("FAILED", "b32.i2p");
      }
    }
  }

  private static void serve(I2pAcceptor acceptor) {
    try {
      acceptor.serve(stream -> {
        assertThat(stream.input().read()).isPositive();
        stream.output().write("HTTP/1.0 200 OK\r\n\r\nhello".getBytes());
      });
    } catch (I2pException e) {
      throw new AssertionError(e);
    }
  }
}
