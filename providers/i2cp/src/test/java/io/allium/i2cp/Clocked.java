package io.allium.i2cp;

import io.allium.I2pException;
import io.allium.spi.Call;
import io.allium.spi.RouterDriver;
import io.allium.spi.RouterRequest;
import io.allium.spi.RouterSource;
import io.allium.spi.TimeSource;
import java.net.URI;
import java.util.function.UnaryOperator;

/** A router, for a program with another clock. */
record Clocked(RouterSource router, UnaryOperator<TimeSource> clock) implements RouterSource {
  static RouterSource by(TimeSource time, URI router) throws I2pException {
    return new Clocked(I2cpAt.parse(router), system -> time);
  }

  @Override
  public URI uri() {
    return router.uri();
  }

  @Override
  public RouterDriver connect(RouterRequest request, Call call)
      throws I2pException, InterruptedException {
    return router.connect(
        new RouterRequest(
            clock.apply(request.time()), request.random(), request.threads(), request.progress()),
        call);
  }
}
