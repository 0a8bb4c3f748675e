package io.allium.memory;

import io.allium.Capability;
import io.allium.Destination;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.Resolved;
import io.allium.RouterStatus;
import io.allium.SessionConfig;
import io.allium.spi.Call;
import io.allium.spi.RouterDriver;
import io.allium.spi.SessionDriver;
import io.allium.spi.SessionEvents;
import io.allium.spi.TimeSource;
import java.util.Map;
import java.util.Set;

/** A program's access to a network in memory. */
final class MemoryRouter implements RouterDriver {
  private static final Set<Capability> CAPABILITIES = Set.of(
      Capability.STREAM,
      Capability.PORTS,
      Capability.HALF_CLOSE,
      Capability.HOST_NAMES,
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
    return CAPABILITIES;
  }

  @Override
  public TimeSource time() {
    return network.time();
  }

  @Override
  public SessionDriver open(
      SessionConfig config, DestinationKeys keys, SessionEvents events, Call call)
      throws I2pException, InterruptedException {
    network.check(name);
    network.pause(network.faults().buildDelay().toNanos(), call);
    return network.online(name, keys.destination(), config.protocols(), keys.isOffline(), events);
  }

  @Override
  public Resolved resolve(I2pName wanted, boolean withOptions, Call call) throws I2pException {
    network.check(name);
    Destination found = network.find(wanted);
    if (found == null) {
      throw new I2pException(ErrorKind.NAME_NOT_FOUND, "no such name in this network");
    }
    return new Resolved(found, Map.of());
  }

  @Override
  public RouterStatus status(Call call) throws I2pException {
    network.check(name);
    return new RouterStatus(
        "memory:" + network.name(),
        "memory",
        Map.of("sessions", Integer.toString(network.sessions())));
  }

  @Override
  public void close() {
    network.leave();
  }
}
