package io.allium.interop;

import io.allium.tck.DatagramTck;
import io.allium.tck.Subject;
import org.junit.jupiter.api.condition.EnabledIf;

/** On the control connections of the sessions. */
@RequiresI2pd
@EnabledIf(value = "io.allium.interop.InBand#isAnswered", disabledReason = InBand.WHY_NOT)
class SamOnI2pdInBandTest extends DatagramTck {
  @Override
  protected Subject createSubject() throws Exception {
    return new I2pdSubject(SharedNet.fast(), 0, "?datagrams=in-band");
  }
}
