package io.allium.sam;

import io.allium.I2pException;
import io.allium.spi.Call;
import io.allium.spi.Provider;
import io.allium.spi.RouterDriver;
import io.allium.spi.RouterRequest;
import io.allium.spi.TimeSource;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The provider of {@code sam:} under another name, with a clock of a test: one for each bridge. */
public final class HandProvider implements Provider {
  private static final Map<Integer, TimeSource> CLOCKS = new ConcurrentHashMap<>();

  /** Where to connect, for a program whose clock is this one. */
  static URI uri(URI bridge, TimeSource time) {
    CLOCKS.put(bridge.getPort(), time);
    return URI.create("by-hand" + bridge.toString().substring("sam".length()));
  }

  @Override
  public Set<String> schemes() {
    return Set.of("by-hand");
  }

  @Override
  public RouterDriver connect(RouterRequest request, Call call)
      throws I2pException, InterruptedException {
    return new SamProvider(Objects.requireNonNull(CLOCKS.get(request.uri().getPort())))
        .connect(request, call);
  }
}
