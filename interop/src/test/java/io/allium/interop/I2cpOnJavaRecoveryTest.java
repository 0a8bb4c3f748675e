package io.allium.interop;

import io.allium.javanet.JavaNetwork;
import io.allium.tck.RecoveryTck;
import io.allium.tck.Subject;

/** The first router of the network too: it is killed without a word to its clients, and started again. */
@RequiresJavaNet
class I2cpOnJavaRecoveryTest extends RecoveryTck {
  private JavaNetwork network;

  @SuppressWarnings("NullAway.Init") // createSubject() sets it before any test
  I2cpOnJavaRecoveryTest() {}

  @Override
  protected Subject createSubject() throws Exception {
    network = SharedJavaNet.get();
    return I2cpSubject.onJava(network.i2cp(1), network.i2cp(0));
  }

  @Override
  protected void restartServer() throws Exception {
    network.kill(0);
    network.restart(0);
  }
}
