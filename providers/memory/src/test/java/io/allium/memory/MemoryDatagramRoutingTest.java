package io.allium.memory;

import io.allium.tck.DatagramRoutingTck;
import io.allium.tck.Subject;

class MemoryDatagramRoutingTest extends DatagramRoutingTck {
  @Override
  protected Subject createSubject() throws Exception {
    return new MemorySubject(Faults.none());
  }
}
