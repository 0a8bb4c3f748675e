package io.allium.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.ServeOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Not in the suite of every provider: a router may take whatever its peer does not read. */
class SlowReaderTest {
  private static final ServeOptions IMPATIENT =
      ServeOptions.builder().writeTimeout(Duration.ofMillis(100)).build();

  @Test
  void aPeerThatDoesNotReadLosesItsPlace() throws Exception {
    CompletableFuture<ErrorKind> ended = new CompletableFuture<>();
    try (I2p i2p = I2p.connect("memory:slow-reader");
        I2pSession server = i2p.open();
        I2pSession client = i2p.open();
        I2pAcceptor acceptor = server.listen(0)) {
      Thread.ofVirtual().start(() -> {
        try {
          acceptor.serve(
              stream -> {
                try {
                  while (true) {
                    stream.output().write(new byte[100_000]);
                  }
                } catch (I2pException e) {
                  ended.complete(e.kind());
                  throw e;
                }
              },
              IMPATIENT);
        } catch (I2pException e) {
          ended.completeExceptionally(e);
        }
      });
      try (I2pStream reader = client.connect(server.destination())) {
        assertThat(ended.get(20, TimeUnit.SECONDS)).isEqualTo(ErrorKind.TIMEOUT);
        assertThat(reader.remote().name()).isEqualTo(server.destination());
      }
    }
  }
}
