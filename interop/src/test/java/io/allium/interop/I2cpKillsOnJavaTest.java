package io.allium.interop;

import io.allium.Destination;
import io.allium.javanet.JavaNetwork;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** The first router of the network, which others made their context, as well as another one. */
@RequiresJavaNet
class I2cpKillsOnJavaTest {
  @Test
  void aSessionSurvivesEveryKillOfItsRouter() throws Exception {
    try (JavaNetwork network = JavaNetwork.start()) {
      I2cpKills.survive(
          at(network, 0),
          new I2cpKills.Router() {
            @Override
            public void kill() throws Exception {
              network.kill(0);
            }

            @Override
            public void restart() throws Exception {
              network.restart(0);
            }

            @Override
            public void awaitFound(Destination destination) throws Exception {
              network.awaitLeaseSet(destination.hash().orElseThrow(), I2cpKills.LIMIT);
            }
          },
          at(network, 4),
          1);
    }
  }

  private static URI at(JavaNetwork network, int router) {
    return URI.create("i2cp://127.0.0.1:" + network.i2cp(router).getPort());
  }
}
