package io.allium.memory;

import io.allium.DestinationKeys;
import io.allium.I2pException;
import io.allium.Protocol;
import io.allium.spi.Arrived;
import io.allium.spi.Call;
import io.allium.spi.OpenRequest;
import io.allium.spi.RouterRequest;
import io.allium.spi.SessionSink;
import io.allium.spi.TimeSource;
import io.allium.spi.support.AbortableCall;
import io.allium.spi.support.ManualTime;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;

/** Drivers alone, without the API above them. */
final class Drivers {
  private Drivers() {}

  /** A sink that keeps what arrives. */
  static final class Inbox implements SessionSink {
    final LinkedBlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<I2pException> lost = new LinkedBlockingQueue<>();

    @Override
    public void lost(I2pException cause) {
      lost.add(cause);
    }

    @Override
    public void datagram(Arrived datagram) {
      arrived.add(datagram);
    }

    @Override
    public void batchEnd() {}
  }

  static RouterRequest request(TimeSource time) {
    return new RouterRequest(time, new SecureRandom(), Thread.ofVirtual().factory(), phase -> {});
  }

  static MemoryRouter router(MemoryNetwork network) throws Exception {
    return (MemoryRouter) network.router("test").connect(request(new ManualTime()), call());
  }

  static MemorySession open(
      MemoryRouter router, DestinationKeys keys, SessionSink sink, Protocol... protocols)
      throws Exception {
    return (MemorySession) router.open(
        new OpenRequest(keys, Map.of(), Set.of(protocols), Optional.empty(), phase -> {}),
        sink,
        call());
  }

  static Call call() {
    return new AbortableCall();
  }

  /** A call without any time. */
  static Call noTime() {
    AbortableCall call = new AbortableCall();
    call.abort();
    return call;
  }
}
