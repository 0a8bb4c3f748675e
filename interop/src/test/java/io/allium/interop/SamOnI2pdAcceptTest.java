package io.allium.interop;

import io.allium.tck.Subject;
import io.allium.tck.AcceptTck;

@RequiresI2pd
class SamOnI2pdAcceptTest extends AcceptTck {
  @Override
  protected Subject createSubject() throws Exception {
    return new I2pdSubject(SharedNet.fast(), 0);
  }
}
