package io.allium.memory;

import io.allium.tck.RecoveryTck;
import io.allium.tck.Subject;

class MemoryRecoveryTest extends RecoveryTck {
  private MemorySubject subject;

  @SuppressWarnings("NullAway.Init") // createSubject() sets it before any test
  MemoryRecoveryTest() {}

  @Override
  protected Subject createSubject() throws Exception {
    subject = new MemorySubject(Faults.none());
    return subject;
  }

  @Override
  protected void restartServer() {
    subject.restartServer();
  }
}
