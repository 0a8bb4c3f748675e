package io.allium.interop;

import io.allium.tck.InterruptTck;
import io.allium.tck.Subject;

@RequiresI2pd
class SamOnI2pdInterruptTest extends InterruptTck {
  @Override
  protected Subject createSubject() throws Exception {
    return new I2pdSubject(SharedNet.fast(), 0);
  }

  @Override
  protected int interrupts() {
    return 40;
  }
}
