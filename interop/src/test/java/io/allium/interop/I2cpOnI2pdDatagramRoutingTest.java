package io.allium.interop;

import io.allium.tck.DatagramRoutingTck;
import io.allium.tck.Subject;

@RequiresI2pd
class I2cpOnI2pdDatagramRoutingTest extends DatagramRoutingTck {
  @Override
  protected Subject createSubject() throws Exception {
    return I2cpSubject.onI2pd(SharedNet.fast());
  }
}
