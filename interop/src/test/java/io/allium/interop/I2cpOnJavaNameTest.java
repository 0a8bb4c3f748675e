package io.allium.interop;

import io.allium.javanet.JavaNetwork;
import io.allium.tck.NameTck;
import io.allium.tck.Subject;

@RequiresJavaNet
class I2cpOnJavaNameTest extends NameTck {
  @Override
  protected Subject createSubject() throws Exception {
    JavaNetwork network = SharedJavaNet.get();
    return I2cpSubject.onJava(network.i2cp(0), network.i2cp(1));
  }
}
