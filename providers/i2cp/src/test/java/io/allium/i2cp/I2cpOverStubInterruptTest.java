package io.allium.i2cp;

import io.allium.tck.InterruptTck;
import io.allium.tck.Subject;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;

/** Against a router without a network behind it: a thousand interrupts take seconds, and it sees what is left behind. */
class I2cpOverStubInterruptTest extends InterruptTck {
  @AfterAll
  static void noThreadIsLeft() {
    LiveThreads.awaitNone();
  }

  @Override
  protected Subject createSubject() throws IOException {
    return new StubSubject();
  }
}
