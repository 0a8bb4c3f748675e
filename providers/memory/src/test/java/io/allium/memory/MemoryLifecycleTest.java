package io.allium.memory;

import io.allium.tck.LifecycleTck;
import io.allium.tck.Subject;

class MemoryLifecycleTest extends LifecycleTck {
  @Override
  protected Subject createSubject() throws Exception {
    return new MemorySubject(Faults.none());
  }
}
