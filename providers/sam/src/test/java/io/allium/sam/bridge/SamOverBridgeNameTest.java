package io.allium.sam.bridge;

import io.allium.tck.NameTck;
import io.allium.tck.Subject;
import java.io.IOException;

/** Names through the bridge. */
class SamOverBridgeNameTest extends NameTck {
  @Override
  protected Subject createSubject() throws IOException {
    return new BridgeSubject();
  }
}
