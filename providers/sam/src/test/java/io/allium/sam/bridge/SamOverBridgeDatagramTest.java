package io.allium.sam.bridge;

import io.allium.tck.DatagramTck;
import io.allium.tck.Subject;
import java.io.IOException;

/** Datagrams of SAM through the bridge, in band. */
class SamOverBridgeDatagramTest extends DatagramTck {
  @Override
  protected Subject createSubject() throws IOException {
    return new BridgeSubject();
  }
}
