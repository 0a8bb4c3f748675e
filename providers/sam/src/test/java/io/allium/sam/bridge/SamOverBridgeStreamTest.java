package io.allium.sam.bridge;

import io.allium.tck.StreamTck;
import io.allium.tck.Subject;
import java.io.IOException;

/** Streams of SAM through the bridge. */
class SamOverBridgeStreamTest extends StreamTck {
  @Override
  protected Subject createSubject() throws IOException {
    return new BridgeSubject();
  }
}
