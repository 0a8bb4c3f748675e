package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.Capability;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.SessionConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NetcatTest {
  @Test
  void joinsInputAndOutputUntilBothHaveEnded() throws Exception {
    try (I2p i2p = I2p.connect("memory:netcat");
        I2pSession server = i2p.open(SessionConfig.client());
        I2pSession client = i2p.open(SessionConfig.client());
        I2pAcceptor acceptor = server.listen(0);
        I2pStream ours = client.connect(server.destination().base32().text());
        I2pStream theirs = acceptor.accept()) {
      ByteArrayOutputStream atClient = new ByteArrayOutputStream();
      ByteArrayOutputStream atServer = new ByteArrayOutputStream();
      FutureTask<Boolean> serving =
          new FutureTask<>(() -> join(theirs, "from the server", atServer, i2p.capabilities()));
      Thread.ofVirtual().start(serving);
      join(ours, "from the client", atClient, i2p.capabilities());
      serving.get(20, TimeUnit.SECONDS);
      assertThat(atClient).hasToString("from the server");
      assertThat(atServer).hasToString("from the client");
    }
  }

  private static boolean join(
      I2pStream stream, String input, ByteArrayOutputStream output, Set<Capability> capabilities)
      throws Exception {
    InputStream in = new ByteArrayInputStream(input.getBytes());
    new Netcat(stream, capabilities, 5).join(in, output);
    return true;
  }
}
