package io.allium.interop;

import io.allium.javanet.JavaNetwork;
import io.allium.tck.DatagramRoutingTck;
import io.allium.tck.Subject;

@RequiresJavaNet
class I2cpOnJavaDatagramRoutingTest extends DatagramRoutingTck {
  @Override
  protected Subject createSubject() throws Exception {
    JavaNetwork network = SharedJavaNet.get();
    return I2cpSubject.onJava(network.i2cp(0), network.i2cp(1));
  }
}
