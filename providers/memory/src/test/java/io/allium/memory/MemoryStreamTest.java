package io.allium.memory;

import io.allium.tck.Subject;
import io.allium.tck.StreamTck;

class MemoryStreamTest extends StreamTck {
  @Override
  protected Subject createSubject() throws Exception {
    return new MemorySubject(Faults.none());
  }
}
