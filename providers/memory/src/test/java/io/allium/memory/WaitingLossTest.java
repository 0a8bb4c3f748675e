package io.allium.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Streams that nobody has accepted yet are gone with their session: no longer waiting, and not refused. */
class WaitingLossTest {
  private static final int OF_ONE_PEER = 16;

  @Test
  void theyAreNotCountedAnyMore() throws Exception {
    try (MemoryNetwork network = MemoryNetwork.builder().manualClock().build();
        I2p here = I2p.connect(network.uri());
        I2p there = I2p.connect(network.uri("server"));
        I2pSession client = here.open();
        I2pSession server = there.open();
        I2pAcceptor acceptor = server.listen(0)) {
      for (int i = 1; i <= OF_ONE_PEER; i++) {
        client.connect(server.destination());
        int count = i;
        Async.await(() -> server.status().waiting() == count);
      }
      network.restart("server");
      Async.await(() -> server.status().recovered() == 1);
      assertThat(server.status().waiting()).isZero();
      network.advance(Duration.ofSeconds(5));
      assertThat(server.status().refused()).isZero();
      assertThat(acceptor.address().port()).isZero();
    }
  }
}
