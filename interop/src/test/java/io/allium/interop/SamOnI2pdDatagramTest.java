package io.allium.interop;

import io.allium.tck.DatagramTck;
import io.allium.tck.Subject;
import org.junit.jupiter.api.condition.EnabledIf;

/** By UDP. */
@RequiresI2pd
@EnabledIf(
    value = "io.allium.interop.InBand#isAnswered",
    disabledReason =
        "i2pd 2.56 stops delivering datagrams of some sessions: see docs/capabilities.md")
class SamOnI2pdDatagramTest extends DatagramTck {
  @Override
  protected Subject createSubject() throws Exception {
    return new I2pdSubject(SharedNet.fast(), 0);
  }
}
