package io.allium.memory;

import io.allium.tck.DatagramTck;
import io.allium.tck.Subject;

class MemoryDatagramTest extends DatagramTck {
  @Override
  protected Subject createSubject() throws Exception {
    return new MemorySubject(Faults.none());
  }
}
