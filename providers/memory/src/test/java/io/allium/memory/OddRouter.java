package io.allium.memory;

import io.allium.Capability;
import io.allium.DatagramOptions;
import io.allium.Destination;
import io.allium.DestinationKeys;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.Resolved;
import io.allium.RouterStatus;
import io.allium.SendOptions;
import io.allium.SessionConfig;
import io.allium.spi.Call;
import io.allium.spi.DatagramDriver;
import io.allium.spi.RouterDriver;
import io.allium.spi.SessionDriver;
import io.allium.spi.SessionEvents;
import io.allium.spi.StreamDriver;
import io.allium.spi.TimeSource;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/** A router that does what another one does, but for what a test overrides. */
class OddRouter implements RouterDriver {
  private final RouterDriver router;

  OddRouter(RouterDriver router) {
    this.router = router;
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
  public SessionDriver open(
      SessionConfig config, DestinationKeys keys, SessionEvents events, Call call)
      throws I2pException, InterruptedException {
    return router.open(config, keys, events, call);
  }

  @Override
  public Resolved resolve(I2pName name, boolean withOptions, Call call)
      throws I2pException, InterruptedException {
    return router.resolve(name, withOptions, call);
  }

  @Override
  public RouterStatus status(Call call) throws I2pException, InterruptedException {
    return router.status(call);
  }

  @Override
  public void close() {
    router.close();
  }

  /** A session of it, alike. */
  static class OddSession implements SessionDriver {
    private final SessionDriver session;

    OddSession(SessionDriver session) {
      this.session = session;
    }

    @Override
    public StreamDriver connect(Destination to, int toPort, int fromPort, Call call)
        throws I2pException, InterruptedException {
      return session.connect(to, toPort, fromPort, call);
    }

    @Override
    public StreamDriver accept(Call call) throws I2pException, InterruptedException {
      return session.accept(call);
    }

    @Override
    public DatagramDriver datagrams(DatagramOptions options, Call call)
        throws I2pException, InterruptedException {
      return session.datagrams(options, call);
    }

    @Override
    public void close() {
      session.close();
    }
  }

  /** A datagram port of it, alike. */
  static class OddPort implements DatagramDriver {
    private final DatagramDriver port;

    OddPort(DatagramDriver port) {
      this.port = port;
    }

    @Override
    public int maxPayload() {
      return port.maxPayload();
    }

    @Override
    public void send(Destination to, ByteBuffer payload, SendOptions options)
        throws I2pException, InterruptedException {
      port.send(to, payload, options);
    }

    @Override
    public I2pDatagram receive(Call call) throws I2pException, InterruptedException {
      return port.receive(call);
    }

    @Override
    public Optional<I2pDatagram> poll() {
      return port.poll();
    }

    @Override
    public long dropped() {
      return port.dropped();
    }

    @Override
    public void close() {
      port.close();
    }
  }
}
