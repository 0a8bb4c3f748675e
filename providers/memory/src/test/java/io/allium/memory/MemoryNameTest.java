package io.allium.memory;

import io.allium.tck.NameTck;
import io.allium.tck.Subject;

class MemoryNameTest extends NameTck {
  @Override
  protected Subject createSubject() throws Exception {
    return new MemorySubject(Faults.none());
  }
}
