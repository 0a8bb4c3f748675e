package io.allium.i2cp;

import io.allium.tck.DatagramRoutingTck;
import io.allium.tck.Subject;
import java.io.IOException;

class I2cpOverStubDatagramRoutingTest extends DatagramRoutingTck {
  @Override
  protected Subject createSubject() throws IOException {
    return new StubSubject();
  }
}
