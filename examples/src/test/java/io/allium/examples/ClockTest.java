package io.allium.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.junit.I2pNetwork;
import io.allium.junit.I2pTest;
import io.allium.memory.MemoryNetwork;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

class ClockTest {
  @TempDir
  Path folder;

  @I2pTest
  void theClockTellsTheTime(MemoryNetwork network) throws Exception {
    try (Run server = server(network);
        Run client = client(network, server.line())) {
      assertThat(client.output()).matches("offset -?[0-9]+ ms, round trip [0-9]+ ms\n");
    }
  }

  @I2pTest
  @I2pNetwork(seed = 5, loss = 0.6, resendMillis = 0, manualClock = true)
  void aQuestionThatGetsLostIsAskedAgain(MemoryNetwork network) throws Exception {
    try (Run server = server(network);
        Run client = client(network, server.line())) {
      while (!client.ended()) {
        network.advance(Duration.ofMillis(5));
        Thread.yield();
      }
      assertThat(client.output()).startsWith("no answer to question 1\n").contains("round trip");
    }
  }

  private Run server(MemoryNetwork network) throws Exception {
    return Run.of(
        ClockServer::main,
        network.uri("clock").toString(),
        folder.resolve("keys").toString());
  }

  private static Run client(MemoryNetwork network, String address) throws Exception {
    return Run.of(ClockClient::main, network.uri("here").toString(), address);
  }
}
