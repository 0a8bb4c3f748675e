package io.allium.i2cp;

import io.allium.tck.NameTck;
import io.allium.tck.Subject;
import java.io.IOException;

class I2cpOverStubNameTest extends NameTck {
  @Override
  protected Subject createSubject() throws IOException {
    return new StubSubject();
  }
}
