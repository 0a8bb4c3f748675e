package io.allium.interop;

import io.allium.tck.DatagramRoutingTck;
import io.allium.tck.Subject;

@RequiresI2pd
class SamOnI2pdDatagramRoutingTest extends DatagramRoutingTck {
  @Override
  protected Subject createSubject() throws Exception {
    return new I2pdSubject(SharedNet.fast(), 0);
  }
}
