package io.allium.sam;

import io.allium.I2pException;
import io.allium.Protocol;
import io.allium.SessionConfig;
import io.allium.spi.Arrived;
import io.allium.spi.OpenRequest;
import io.allium.spi.RouterDriver;
import io.allium.spi.RouterRequest;
import io.allium.spi.SessionDriver;
import io.allium.spi.SessionSink;
import io.allium.spi.TimeSource;
import io.allium.spi.support.AbortableCall;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Drivers without the API above them. */
final class Drivers {
  private Drivers() {}

  static RouterRequest request(TimeSource time) {
    return new RouterRequest(time, new SecureRandom(), Thread.ofVirtual().factory(), phase -> {});
  }

  static RouterDriver connect(URI bridge, TimeSource time)
      throws I2pException, InterruptedException {
    return SamUri.parse(bridge).connect(request(time), new AbortableCall());
  }

  static OpenRequest wanted(Protocol protocol) {
    return new OpenRequest(
        Fixture.KEYS,
        SessionConfig.transientKeys().options(),
        Set.of(protocol),
        Optional.empty(),
        phase -> {});
  }

  static SessionDriver open(
      URI bridge, TimeSource time, Protocol protocol, Consumer<I2pException> lost)
      throws I2pException, InterruptedException {
    return connect(bridge, time).open(wanted(protocol), sink(lost), new AbortableCall());
  }

  static SessionSink sink(Consumer<I2pException> lost) {
    return new SessionSink() {
      @Override
      public void lost(I2pException cause) {
        lost.accept(cause);
      }

      @Override
      public void datagram(Arrived arrived) {}

      @Override
      public void batchEnd() {}
    };
  }

  /** Without any time. */
  static void close(SessionDriver session) {
    AbortableCall aborted = new AbortableCall();
    aborted.abort();
    var unused = session.close(aborted);
  }
}
