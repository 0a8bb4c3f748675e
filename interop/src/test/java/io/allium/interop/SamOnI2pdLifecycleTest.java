package io.allium.interop;

import io.allium.tck.LifecycleTck;
import io.allium.tck.Subject;

/** Each test has sessions of its own, and closing so many of them is what i2pd crashes of. */
@RequiresI2pd
class SamOnI2pdLifecycleTest extends LifecycleTck {
  @Override
  protected Subject createSubject() throws Exception {
    return new I2pdSubject(SharedNet.fast(), 0);
  }
}
