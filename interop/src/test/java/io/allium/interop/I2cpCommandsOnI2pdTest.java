package io.allium.interop;

import java.net.URI;

@RequiresI2pd
class I2cpCommandsOnI2pdTest extends I2cpCommands {
  @Override
  URI router(int index) throws Exception {
    return SharedNet.fast().i2cp(index);
  }
}
