package io.allium.interop;

import io.allium.tck.RecoveryTck;
import io.allium.tck.Subject;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;

/** Routers of real i2pd are killed, as losing power would, and started again. */
@RequiresI2pd
class I2cpOnI2pdRecoveryTest extends RecoveryTck {
  private TestNet net;

  @SuppressWarnings("NullAway.Init") // createSubject() sets it before any test
  I2cpOnI2pdRecoveryTest() {}

  @Override
  protected Subject createSubject() throws IOException {
    net = TestNet.start(2, TestNet.FAST, "--no-check");
    return I2cpSubject.onI2pd(net);
  }

  @Override
  protected void restartServer() throws IOException {
    net.kill(1);
    net.restart(1);
  }

  @AfterAll
  void stopNet() {
    net.close();
  }
}
