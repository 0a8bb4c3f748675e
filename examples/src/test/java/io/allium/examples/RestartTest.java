package io.allium.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.allium.I2pSession;
import io.allium.SessionEvent;
import io.allium.junit.I2pTest;
import io.allium.junit.Router;
import io.allium.memory.MemoryNetwork;
import java.util.concurrent.CountDownLatch;

/** A router restarts in the middle of a test: the program of docs/testing.md. */
class RestartTest {
  @I2pTest
  void theServiceIsBackAfterARestart(
      MemoryNetwork network, @Router("server") I2pSession server, I2pSession client)
      throws Exception {
    var back = new CountDownLatch(1);
    server.onEvent(event -> {
      if (event instanceof SessionEvent.Recovered) {
        back.countDown();
      }
    });
    network.restart("server");
    back.await();
    try (var acceptor = server.listen(0);
        var ours = client.connect(server.destination());
        var theirs = acceptor.accept()) {
      ours.output().write(7);
      assertEquals(7, theirs.input().read());
    }
  }
}
