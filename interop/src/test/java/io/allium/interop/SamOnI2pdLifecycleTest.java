package io.allium.interop;

import io.allium.tck.LifecycleTck;
import io.allium.tck.Subject;

@RequiresI2pd
class SamOnI2pdLifecycleTest extends LifecycleTck {
  @Override
  protected Subject createSubject() throws Exception {
    return new I2pdSubject(SharedNet.fast(), 0);
  }
}
