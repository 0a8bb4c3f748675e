package io.allium.interop;

import io.allium.tck.DatagramTck;
import io.allium.tck.Subject;

/** On the control connections of the sessions. */
@RequiresI2pd
class SamOnI2pdInBandTest extends DatagramTck {
  @Override
  protected Subject createSubject() throws Exception {
    return new I2pdSubject(SharedNet.fast(), 0, "?datagrams=in-band");
  }
}
