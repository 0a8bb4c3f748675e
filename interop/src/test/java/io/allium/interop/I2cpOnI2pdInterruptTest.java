package io.allium.interop;

import io.allium.tck.InterruptTck;
import io.allium.tck.Subject;

@RequiresI2pd
class I2cpOnI2pdInterruptTest extends InterruptTck {
  @Override
  protected Subject createSubject() throws Exception {
    return I2cpSubject.onI2pd(SharedNet.fast());
  }

  @Override
  protected int interrupts() {
    return 40;
  }
}
