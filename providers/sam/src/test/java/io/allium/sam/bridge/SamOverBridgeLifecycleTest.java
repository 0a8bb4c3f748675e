package io.allium.sam.bridge;

import io.allium.tck.LifecycleTck;
import io.allium.tck.Subject;
import java.io.IOException;

/** Sessions of SAM through the bridge. */
class SamOverBridgeLifecycleTest extends LifecycleTck {
  @Override
  protected Subject createSubject() throws IOException {
    return new BridgeSubject();
  }
}
