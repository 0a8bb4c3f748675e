package io.allium.interop;

import io.allium.javanet.JavaNetwork;
import io.allium.tck.DatagramTck;
import io.allium.tck.Subject;

@RequiresJavaNet
class I2cpOnJavaDatagramTest extends DatagramTck {
  @Override
  protected Subject createSubject() throws Exception {
    JavaNetwork network = SharedJavaNet.get();
    return I2cpSubject.onJava(network.i2cp(0), network.i2cp(1));
  }
}
