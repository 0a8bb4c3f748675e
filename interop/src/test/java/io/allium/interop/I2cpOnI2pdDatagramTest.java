package io.allium.interop;

import io.allium.tck.DatagramTck;
import io.allium.tck.Subject;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;

/** i2pd ends a session whose lease set takes 10 s of its clock, which in a fast network a flood is enough for. */
@RequiresI2pd
class I2cpOnI2pdDatagramTest extends DatagramTck {
  private static final int RATE = 4;

  private TestNet net;

  @SuppressWarnings("NullAway.Init") // createSubject() sets it before any test
  I2cpOnI2pdDatagramTest() {}

  @Override
  protected Subject createSubject() throws IOException {
    net = TestNet.start(2, RATE, "--hops", "1");
    return I2cpSubject.onI2pd(net);
  }

  @AfterAll
  void stopNet() {
    net.close();
  }
}
