package io.allium.i2cp;

import io.allium.tck.RecoveryTck;
import io.allium.tck.Subject;
import java.io.IOException;

class I2cpOverStubRecoveryTest extends RecoveryTck {
  @Override
  protected Subject createSubject() throws IOException {
    return new StubSubject();
  }

  @Override
  protected void restartServer() throws IOException {
    ((StubSubject) subject()).restart();
  }
}
