package io.allium.interop;

import io.allium.tck.NameTck;
import io.allium.tck.Subject;

@RequiresI2pd
class SamOnI2pdNameTest extends NameTck {
  @Override
  protected Subject createSubject() throws Exception {
    return new I2pdSubject(SharedNet.fast(), 0);
  }
}
