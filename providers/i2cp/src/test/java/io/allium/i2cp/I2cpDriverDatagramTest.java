package io.allium.i2cp;

import io.allium.tck.DriverDatagramTck;
import io.allium.tck.DriverSubject;
import java.io.IOException;

class I2cpDriverDatagramTest extends DriverDatagramTck {
  @Override
  protected DriverSubject createSubject() throws IOException {
    return new StubDriverSubject();
  }
}
