package io.allium.memory;

import io.allium.Capability;
import io.allium.I2pException;
import io.allium.Known;
import io.allium.Protocol;
import io.allium.Resolved;
import io.allium.RouterStatus;
import io.allium.spi.Call;
import io.allium.spi.ConnectRequest;
import io.allium.spi.Offer;
import io.allium.spi.OpenRequest;
import io.allium.spi.ResolveRequest;
import io.allium.spi.RouterDriver;
import io.allium.spi.RouterRequest;
import io.allium.spi.RouterSource;
import io.allium.spi.SendRequest;
import io.allium.spi.SessionDriver;
import io.allium.spi.SessionSink;
import io.allium.spi.StreamDriver;
import io.allium.spi.TimeSource;
import java.net.URI;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/** A router that does what another one does, but for what a test overrides. */
class OddRouter implements RouterDriver {
  private final RouterDriver router;

  OddRouter(RouterDriver router) {
    this.router = router;
  }

  /** A router of this network with a change. */
  static RouterSource source(MemoryNetwork network, UnaryOperator<RouterDriver> change) {
    RouterSource real = network.router("odd");
    return new RouterSource() {
      @Override
      public URI uri() {
        return real.uri();
      }

      @Override
      public RouterDriver connect(RouterRequest request, Call call)
          throws I2pException, InterruptedException {
        return change.apply(real.connect(request, call));
      }
    };
  }

  @Override
  public Set<Capability> capabilities() {
    return router.capabilities();
  }

  @Override
  public TimeSource time() {
    return router.time();
  }

  @Override
  public void awaitReady(Call call) throws I2pException, InterruptedException {
    router.awaitReady(call);
  }

  @Override
  public SessionDriver open(OpenRequest request, SessionSink sink, Call call)
      throws I2pException, InterruptedException {
    return router.open(request, sink, call);
  }

  @Override
  public Resolved resolve(ResolveRequest request, Call call)
      throws I2pException, InterruptedException {
    return router.resolve(request, call);
  }

  @Override
  public RouterStatus status(Call call) throws I2pException, InterruptedException {
    return router.status(call);
  }

  @Override
  public void close(Call call) {
    router.close(call);
  }

  /** A session of it, alike. */
  static class OddSession implements SessionDriver {
    private final SessionDriver session;

    OddSession(SessionDriver session) {
      this.session = session;
    }

    @Override
    public StreamDriver connect(ConnectRequest request, Call call)
        throws I2pException, InterruptedException {
      return session.connect(request, call);
    }

    @Override
    public void listening(IntPredicate ports) {
      session.listening(ports);
    }

    @Override
    public Offer accept(Call call) throws I2pException, InterruptedException {
      return session.accept(call);
    }

    @Override
    public int maxPayload(Protocol protocol) {
      return session.maxPayload(protocol);
    }

    @Override
    public void send(SendRequest request) throws I2pException, InterruptedException {
      session.send(request);
    }

    @Override
    public Known awaitPublished(Call call) throws I2pException, InterruptedException {
      return session.awaitPublished(call);
    }

    @Override
    public boolean probeCrossesNetwork() {
      return session.probeCrossesNetwork();
    }

    @Override
    public Known close(Call call) {
      return session.close(call);
    }
  }
}
