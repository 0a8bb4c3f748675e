package io.allium.sam;

import io.allium.I2pException;
import io.allium.spi.Call;
import io.allium.spi.RouterDriver;
import io.allium.spi.RouterRequest;
import io.allium.spi.RouterSource;
import io.allium.spi.TimeSource;
import java.net.URI;
import java.util.function.UnaryOperator;

/** A bridge, for a program with another clock. */
record Clocked(RouterSource bridge, UnaryOperator<TimeSource> clock) implements RouterSource {
  static RouterSource by(TimeSource time, URI bridge) throws I2pException {
    return new Clocked(SamUri.parse(bridge), system -> time);
  }

  @Override
  public URI uri() {
    return bridge.uri();
  }

  @Override
  public RouterDriver connect(RouterRequest request, Call call)
      throws I2pException, InterruptedException {
    return bridge.connect(
        new RouterRequest(
            clock.apply(request.time()), request.random(), request.threads(), request.progress()),
        call);
  }
}
