package io.allium.sam.bridge;

import io.allium.tck.InterruptTck;
import io.allium.tck.Subject;
import java.io.IOException;

/** Interrupts of calls on SAM through the bridge. */
class SamOverBridgeInterruptTest extends InterruptTck {
  @Override
  protected Subject createSubject() throws IOException {
    return new BridgeSubject();
  }
}
