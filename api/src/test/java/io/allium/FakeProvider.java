package io.allium;

import io.allium.spi.Call;
import io.allium.spi.Provider;
import io.allium.spi.RouterDriver;
import io.allium.spi.RouterRequest;
import io.allium.spi.SessionDriver;
import io.allium.spi.SessionEvents;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Serves the schemes of the usual routers without any: what is asked for is remembered, hosts called off are off. */
public final class FakeProvider implements Provider {
  static final List<URI> ASKED = new CopyOnWriteArrayList<>();

  /** Whether a router answers at the usual places. */
  static volatile boolean usualAnswer;

  /** Creates it; {@link java.util.ServiceLoader} calls this. */
  public FakeProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("sam", "i2cp", "fake");
  }

  @Override
  public RouterDriver connect(RouterRequest request, Call call) throws I2pException {
    ASKED.add(request.uri());
    if ("off".equals(request.uri().getHost())
        || "127.0.0.1".equals(request.uri().getHost()) && !usualAnswer) {
      throw new I2pException(ErrorKind.ROUTER_UNREACHABLE, "off");
    }
    return new FakeRouter();
  }

  /** Claims a scheme. */
  public static final class Twin implements Provider {
    /** Creates it; {@link java.util.ServiceLoader} calls this. */
    public Twin() {}

    @Override
    public Set<String> schemes() {
      return Set.of("twin");
    }

    @Override
    public RouterDriver connect(RouterRequest request, Call call) {
      return new FakeRouter();
    }
  }

  /** Claims the same scheme. */
  public static final class OtherTwin implements Provider {
    /** Creates it; {@link java.util.ServiceLoader} calls this. */
    public OtherTwin() {}

    @Override
    public Set<String> schemes() {
      return Set.of("twin", "other-twin");
    }

    @Override
    public RouterDriver connect(RouterRequest request, Call call) {
      return new FakeRouter();
    }
  }

  private static final class FakeRouter implements RouterDriver {
    @Override
    public Set<Capability> capabilities() {
      return Set.of();
    }

    @Override
    public SessionDriver open(
        SessionConfig config, DestinationKeys keys, SessionEvents events, Call call)
        throws I2pException {
      throw new I2pException(ErrorKind.UNSUPPORTED, "a fake");
    }

    @Override
    public Resolved resolve(I2pName name, boolean withOptions, Call call) throws I2pException {
      throw new I2pException(ErrorKind.NAME_NOT_FOUND, "a fake");
    }

    @Override
    public RouterStatus status(Call call) {
      return new RouterStatus("fake", "0", Map.of());
    }

    @Override
    public void close() {}
  }
}
