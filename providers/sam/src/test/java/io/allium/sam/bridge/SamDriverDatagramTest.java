package io.allium.sam.bridge;

import io.allium.tck.DriverDatagramTck;
import io.allium.tck.DriverSubject;

class SamDriverDatagramTest extends DriverDatagramTck {
  @Override
  protected DriverSubject createSubject() throws Exception {
    return new BridgeDriverSubject();
  }
}
