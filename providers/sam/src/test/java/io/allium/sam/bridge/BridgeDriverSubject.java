package io.allium.sam.bridge;

import io.allium.I2p;
import io.allium.memory.MemoryNetwork;
import io.allium.sam.DatagramWay;
import io.allium.sam.SamAt;
import io.allium.spi.RouterSource;
import io.allium.tck.DriverSubject;
import java.io.IOException;
import java.time.Duration;

/** The drivers of {@code sam:}, on a bridge over a network in memory. */
final class BridgeDriverSubject extends DriverSubject {
  private final MemoryNetwork network = MemoryNetwork.create();
  private final I2p router = I2p.connect(network.router("driver"));
  private final TestBridge bridge = TestBridge.start(router);

  BridgeDriverSubject() throws IOException {}

  @Override
  protected RouterSource source() {
    return SamAt.of("127.0.0.1", bridge.port()).withDatagrams(DatagramWay.IN_BAND);
  }

  @Override
  public boolean tellsAll() {
    return false;
  }

  @Override
  public void close() {
    bridge.close();
    router.close(Duration.ZERO);
    network.close();
  }
}
