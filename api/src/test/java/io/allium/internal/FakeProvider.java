package io.allium.internal;

import io.allium.Capability;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Resolved;
import io.allium.RouterStatus;
import io.allium.spi.Access;
import io.allium.spi.Call;
import io.allium.spi.OpenRequest;
import io.allium.spi.Provider;
import io.allium.spi.ResolveRequest;
import io.allium.spi.RouterDriver;
import io.allium.spi.RouterRequest;
import io.allium.spi.RouterSource;
import io.allium.spi.SessionDriver;
import io.allium.spi.SessionSink;
import io.allium.spi.TimeSource;
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
  public RouterSource source(URI uri, Access access) {
    return new FakeSource(uri);
  }

  @Override
  public List<RouterSource> usual() {
    return List.of(
        new FakeSource(URI.create("sam://127.0.0.1:7656")),
        new FakeSource(URI.create("i2cp://127.0.0.1:7654")));
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
    public RouterSource source(URI uri, Access access) {
      return new FakeSource(uri);
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
    public RouterSource source(URI uri, Access access) {
      return new FakeSource(uri);
    }
  }

  private record FakeSource(URI uri) implements RouterSource {
    @Override
    public RouterDriver connect(RouterRequest request, Call call) throws I2pException {
      ASKED.add(uri);
      if ("off".equals(uri.getHost()) || "127.0.0.1".equals(uri.getHost()) && !usualAnswer) {
        throw new I2pException(ErrorKind.ROUTER_UNREACHABLE, "off");
      }
      return new FakeRouter(request.time());
    }
  }

  private record FakeRouter(TimeSource time) implements RouterDriver {
    @Override
    public Set<Capability> capabilities() {
      return Set.of();
    }

    @Override
    public void awaitReady(Call call) {}

    @Override
    public SessionDriver open(OpenRequest request, SessionSink sink, Call call)
        throws I2pException {
      throw new I2pException(ErrorKind.UNSUPPORTED, "a fake");
    }

    @Override
    public Resolved resolve(ResolveRequest request, Call call) throws I2pException {
      throw new I2pException(ErrorKind.NAME_NOT_FOUND, "a fake");
    }

    @Override
    public RouterStatus status(Call call) {
      return new RouterStatus("fake", "0", Map.of());
    }

    @Override
    public void close(Call call) {}
  }
}
