package io.allium.memory;

import io.allium.Capability;
import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Phase;
import io.allium.Resolved;
import io.allium.RouterStatus;
import io.allium.spi.Call;
import io.allium.spi.OpenRequest;
import io.allium.spi.ResolveRequest;
import io.allium.spi.RouterDriver;
import io.allium.spi.SessionDriver;
import io.allium.spi.SessionSink;
import io.allium.spi.TimeSource;
import java.util.Map;
import java.util.Set;

/** A program's access to a network in memory. */
final class MemoryRouter implements RouterDriver {
  static final Set<Capability> CAPABILITIES = Set.of(
      Capability.STREAM,
      Capability.PORTS,
      Capability.HALF_CLOSE,
      Capability.CONNECT_CONFIRMED,
      Capability.CLEAN_END,
      Capability.DELIVERY_KNOWN,
      Capability.HOST_NAMES,
      Capability.LOOKUP_OPTIONS,
      Capability.OFFLINE_KEYS,
      Capability.DATAGRAM,
      Capability.DATAGRAM2,
      Capability.DATAGRAM3,
      Capability.RAW,
      Capability.SUBSESSIONS,
      Capability.LOCAL_KEYS);

  private final MemoryNetwork network;
  private final String name;

  MemoryRouter(MemoryNetwork network, String name) {
    this.network = network;
    this.name = name;
  }

  @Override
  public Set<Capability> capabilities() {
    return network.capabilities();
  }

  @Override
  public TimeSource time() {
    return network.time();
  }

  @Override
  public void awaitReady(Call call) throws I2pException {
    network.check(name);
  }

  @Override
  public SessionDriver open(OpenRequest request, SessionSink sink, Call call)
      throws I2pException, InterruptedException {
    network.check(name);
    request.progress().accept(Phase.of(0, "building tunnels"));
    network.pause(network.faults().buildDelay().toNanos(), call);
    SessionDriver session = network.online(name, request, sink);
    request.progress().accept(Phase.of(1, "online"));
    return session;
  }

  @Override
  public Resolved resolve(ResolveRequest request, Call call) throws I2pException {
    network.check(name);
    Destination found = network.find(request.name());
    if (found == null) {
      throw new I2pException(ErrorKind.NAME_NOT_FOUND, "no such name in this network");
    }
    return request.options()
        ? new Resolved(found, published(found))
        : new Resolved(found, Map.of());
  }

  private Map<String, String> published(Destination destination) throws I2pException {
    return network
        .sessions()
        .published(destination)
        .orElseThrow(() -> new I2pException(
            ErrorKind.LEASESET_NOT_FOUND,
            "the destination is offline, so that it publishes nothing: try again later"));
  }

  @Override
  public RouterStatus status(Call call) throws I2pException {
    network.check(name);
    return new RouterStatus(
        "memory:" + network.name(),
        "memory",
        Map.of("sessions", Integer.toString(network.sessions().count())));
  }

  @Override
  public void close(Call call) {
    Networks.leave(network);
  }
}
