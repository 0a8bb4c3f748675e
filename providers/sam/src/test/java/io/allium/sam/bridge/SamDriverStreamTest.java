package io.allium.sam.bridge;

import io.allium.tck.DriverStreamTck;
import io.allium.tck.DriverSubject;

class SamDriverStreamTest extends DriverStreamTck {
  @Override
  protected DriverSubject createSubject() throws Exception {
    return new BridgeDriverSubject();
  }
}
