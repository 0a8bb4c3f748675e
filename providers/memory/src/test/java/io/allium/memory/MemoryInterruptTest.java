package io.allium.memory;

import io.allium.tck.InterruptTck;
import io.allium.tck.Subject;

class MemoryInterruptTest extends InterruptTck {
  @Override
  protected Subject createSubject() throws Exception {
    return new MemorySubject(Faults.none());
  }
}
