package io.allium.i2cp;

import io.allium.tck.LifecycleTck;
import io.allium.tck.Subject;
import java.io.IOException;

class I2cpOverStubLifecycleTest extends LifecycleTck {
  @Override
  protected Subject createSubject() throws IOException {
    return new StubSubject();
  }
}
