package io.allium.interop;

import io.allium.tck.DatagramTck;
import io.allium.tck.Subject;

/** By UDP. */
@RequiresI2pd
class SamOnI2pdDatagramTest extends DatagramTck {
  @Override
  protected Subject createSubject() throws Exception {
    return new I2pdSubject(SharedNet.fast(), 0);
  }
}
