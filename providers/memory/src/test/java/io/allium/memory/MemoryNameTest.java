package io.allium.memory;

import io.allium.tck.Subject;
import io.allium.tck.NameTck;

class MemoryNameTest extends NameTck {
  @Override
  protected Subject createSubject() throws Exception {
    return new MemorySubject(Faults.none());
  }
}
