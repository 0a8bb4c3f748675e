package io.allium.memory;

import io.allium.tck.StreamTck;
import io.allium.tck.Subject;

class MemoryStreamTest extends StreamTck {
  @Override
  protected Subject createSubject() throws Exception {
    return new MemorySubject(Faults.none());
  }
}
