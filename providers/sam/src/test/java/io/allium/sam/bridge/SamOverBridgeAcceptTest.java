package io.allium.sam.bridge;

import io.allium.tck.AcceptTck;
import io.allium.tck.Subject;
import java.io.IOException;

/** Acceptors of SAM through the bridge. */
class SamOverBridgeAcceptTest extends AcceptTck {
  @Override
  protected Subject createSubject() throws IOException {
    return new BridgeSubject();
  }
}
