package io.allium.interop;

import java.net.URI;

@RequiresJavaNet
class I2cpCommandsOnJavaTest extends I2cpCommands {
  @Override
  URI router(int index) throws Exception {
    return URI.create("i2cp://127.0.0.1:" + SharedJavaNet.get().i2cp(index).getPort());
  }
}
