package io.allium.memory;

import io.allium.I2pException;
import io.allium.spi.Call;
import io.allium.spi.Provider;
import io.allium.spi.RouterDriver;
import io.allium.spi.RouterRequest;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The provider of {@code memory:} under another name, whose routers a test changes. */
public final class OddProvider implements Provider {
  private static final Map<String, UnaryOperator<RouterDriver>> CHANGES = new ConcurrentHashMap<>();

  /** Where to connect, for a program whose router is this network's with a change. */
  static URI uri(MemoryNetwork network, UnaryOperator<RouterDriver> change) {
    CHANGES.put(network.name(), change);
    return URI.create("odd:" + network.name());
  }

  @Override
  public Set<String> schemes() {
    return Set.of("odd");
  }

  @Override
  public RouterDriver connect(RouterRequest request, Call call) throws I2pException {
    String name = request.uri().getSchemeSpecificPart();
    return Objects.requireNonNull(CHANGES.get(name)).apply(MemoryNetwork.join(name, ""));
  }
}
