package io.allium.interop;

import io.allium.tck.NameTck;
import io.allium.tck.Subject;

@RequiresI2pd
class I2cpOnI2pdNameTest extends NameTck {
  @Override
  protected Subject createSubject() throws Exception {
    return I2cpSubject.onI2pd(SharedNet.fast());
  }
}
