package io.allium.memory;

import io.allium.tck.AcceptTck;
import io.allium.tck.Subject;

class MemoryAcceptTest extends AcceptTck {
  @Override
  protected Subject createSubject() throws Exception {
    return new MemorySubject(Faults.none());
  }
}
