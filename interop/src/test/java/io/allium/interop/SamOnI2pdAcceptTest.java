package io.allium.interop;

import io.allium.tck.AcceptTck;
import io.allium.tck.Subject;

@RequiresI2pd
class SamOnI2pdAcceptTest extends AcceptTck {
  @Override
  protected Subject createSubject() throws Exception {
    return new I2pdSubject(SharedNet.fast(), 0);
  }
}
