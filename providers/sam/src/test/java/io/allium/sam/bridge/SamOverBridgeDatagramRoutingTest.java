package io.allium.sam.bridge;

import io.allium.tck.DatagramRoutingTck;
import io.allium.tck.Subject;
import java.io.IOException;

/** Ports and protocols of SAM's datagrams through the bridge. */
class SamOverBridgeDatagramRoutingTest extends DatagramRoutingTck {
  @Override
  protected Subject createSubject() throws IOException {
    return new BridgeSubject();
  }
}
