package io.allium.interop;

import org.junit.jupiter.api.Test;

@RequiresI2pd
class I2cpKillsOnI2pdTest {
  @Test
  void aSessionSurvivesEveryKillOfItsRouter() throws Exception {
    try (TestNet net = TestNet.start(2, TestNet.FAST, "--no-check")) {
      I2cpKills.survive(
          net.i2cp(0),
          new I2cpKills.Router() {
            @Override
            public void kill() throws Exception {
              net.kill(0);
            }

            @Override
            public void restart() throws Exception {
              net.restart(0);
            }
          },
          net.i2cp(1),
          0);
    }
  }
}
