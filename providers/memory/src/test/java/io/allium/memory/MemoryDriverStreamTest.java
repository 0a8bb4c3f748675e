package io.allium.memory;

import io.allium.tck.DriverStreamTck;
import io.allium.tck.DriverSubject;

class MemoryDriverStreamTest extends DriverStreamTck {
  @Override
  protected DriverSubject createSubject() {
    return new MemoryDriverSubject();
  }
}
