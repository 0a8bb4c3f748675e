package io.allium.interop;

import io.allium.tck.LifecycleTck;
import io.allium.tck.Subject;

@RequiresI2pd
class I2cpOnI2pdLifecycleTest extends LifecycleTck {
  @Override
  protected Subject createSubject() throws Exception {
    return I2cpSubject.onI2pd(SharedNet.fast());
  }
}
