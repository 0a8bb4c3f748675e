package io.allium.memory;

import io.allium.tck.DriverDatagramTck;
import io.allium.tck.DriverSubject;

class MemoryDriverDatagramTest extends DriverDatagramTck {
  @Override
  protected DriverSubject createSubject() {
    return new MemoryDriverSubject();
  }
}
