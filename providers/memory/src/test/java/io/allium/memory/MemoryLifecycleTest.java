package io.allium.memory;

import io.allium.tck.Subject;
import io.allium.tck.LifecycleTck;

class MemoryLifecycleTest extends LifecycleTck {
  @Override
  protected Subject createSubject() throws Exception {
    return new MemorySubject(Faults.none());
  }
}
