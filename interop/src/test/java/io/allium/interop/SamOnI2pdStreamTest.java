package io.allium.interop;

import io.allium.tck.StreamTck;
import io.allium.tck.Subject;

@RequiresI2pd
class SamOnI2pdStreamTest extends StreamTck {
  @Override
  protected Subject createSubject() throws Exception {
    return new I2pdSubject(SharedNet.fast(), 0);
  }
}
