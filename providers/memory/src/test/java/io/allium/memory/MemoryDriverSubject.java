package io.allium.memory;

import io.allium.spi.RouterSource;
import io.allium.tck.DriverSubject;

/** The network in memory, driver by driver. */
final class MemoryDriverSubject extends DriverSubject {
  private final MemoryNetwork network = MemoryNetwork.create();

  @Override
  protected RouterSource source() {
    return network.router("driver");
  }

  @Override
  public boolean tellsAll() {
    return true;
  }

  @Override
  public void close() {
    network.close();
  }
}
