package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.memory.MemoryNetwork;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeTest {
  private static final long LIMIT_SECONDS = 30;

  @TempDir
  Path folder;

  @Test
  void halfARequestKeepsNoPlaceForEver() throws Exception {
    Stop stop = new Stop();
    try (MemoryNetwork network = MemoryNetwork.create();
        I2p i2p = I2p.connect(network.uri());
        I2pSession client = i2p.open()) {
      ServeCommand command = new ServeCommand();
      command.folder = folder;
      command.requestSeconds = 1;
      Globals globals = new Globals();
      globals.router = network.uri().toString();
      CompletableFuture<String> address = new CompletableFuture<>();
      PrintStream nothing = new PrintStream(OutputStream.nullOutputStream());
      PrintStream data = new PrintStream(OutputStream.nullOutputStream()) {
        @Override
        public void println(String line) {
          if (line.startsWith("address ")) {
            address.complete(line.substring("address ".length()));
          }
        }
      };
      FutureTask<Integer> serving = new FutureTask<>(
          () -> command.run(globals, new Output(data, nothing, false, false), stop));
      Thread.ofVirtual().start(serving);
      try (I2pStream stream = client.connect(address.get(LIMIT_SECONDS, TimeUnit.SECONDS))) {
        stream.readTimeout(Duration.ofSeconds(LIMIT_SECONDS));
        stream.output().write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(stream.input().read()).isEqualTo(-1);
      }
    } finally {
      stop.finished();
    }
  }
}
