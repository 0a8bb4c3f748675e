package io.allium.i2cp;

import io.allium.tck.DatagramTck;
import io.allium.tck.Subject;
import java.io.IOException;

class I2cpOverStubDatagramTest extends DatagramTck {
  @Override
  protected Subject createSubject() throws IOException {
    return new StubSubject();
  }
}
