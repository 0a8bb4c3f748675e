package io.allium.memory;

import io.allium.I2pException;
import io.allium.spi.Call;
import io.allium.spi.RouterDriver;
import io.allium.spi.RouterRequest;
import io.allium.spi.RouterSource;
import java.net.URI;
import java.util.function.Supplier;

/**
 * One router of a network in memory.
 *
 * @param name of the network
 * @param router of the router, empty for the one without a name
 * @param network gives the network with one user more
 */
record MemoryRouterSource(String name, String router, Supplier<MemoryNetwork> network)
    implements RouterSource {
  @Override
  public URI uri() {
    return URI.create("memory:" + name + (router.isEmpty() ? "" : "/" + router));
  }

  @Override
  public RouterDriver connect(RouterRequest request, Call call) throws I2pException {
    MemoryNetwork joined = network.get();
    try {
      return joined.join(router, request);
    } catch (I2pException e) {
      Networks.leave(joined);
      throw e;
    }
  }
}
