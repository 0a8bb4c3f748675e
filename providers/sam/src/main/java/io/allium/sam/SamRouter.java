package io.allium.sam;

import io.allium.Capability;
import io.allium.Destination;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.Resolved;
import io.allium.RouterStatus;
import io.allium.SessionConfig;
import io.allium.protocol.sam.NamingLookup;
import io.allium.protocol.sam.NamingReply;
import io.allium.protocol.sam.SamVersion;
import io.allium.protocol.sam.state.NamingLookupConversation;
import io.allium.spi.Call;
import io.allium.spi.RouterDriver;
import io.allium.spi.SessionDriver;
import io.allium.spi.SessionEvents;
import io.allium.spi.TimeSource;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** A router behind a SAM bridge. */
final class SamRouter implements RouterDriver {
  /**
   * i2pd that opens a destination again within some 4 s of closing it goes on with the one that is closing, which no peer
   * finds that does not know it yet; after 8 s it does not.
   */
  private static final Duration REOPEN_PAUSE = Duration.ofSeconds(10);

  private final SamBridge bridge;
  private final SamVersion version;
  private final TimeSource time;
  private final Set<Capability> capabilities;

  SamRouter(SamBridge bridge, SamVersion version, TimeSource time) {
    this.bridge = bridge;
    this.version = version;
    this.time = time;
    EnumSet<Capability> can = EnumSet.of(
        Capability.STREAM,
        Capability.HOST_NAMES,
        Capability.OFFLINE_KEYS,
        Capability.DATAGRAM,
        Capability.RAW);
    if (version.hasPorts()) {
      can.add(Capability.PORTS);
    }
    capabilities = Collections.unmodifiableSet(can);
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  @Override
  public TimeSource time() {
    return time;
  }

  @Override
  public SessionDriver open(
      SessionConfig config, DestinationKeys keys, SessionEvents events, Call call)
      throws I2pException, InterruptedException {
    return SamSession.open(bridge, time, config, keys, events, call);
  }

  @Override
  public Resolved resolve(I2pName name, boolean withOptions, Call call)
      throws I2pException, InterruptedException {
    try (SamConnection connection = bridge.connect(call)) {
      NamingReply reply = connection.begin(version ->
          new NamingLookupConversation(new NamingLookup(name.text(), withOptions), version));
      return new Resolved(destination(reply), Map.of());
    }
  }

  @Override
  public RouterStatus status(Call call) throws I2pException, InterruptedException {
    try (SamConnection connection = bridge.connect(call)) {
      return new RouterStatus(bridge.toString(), "SAM " + connection.version(), Map.of());
    }
  }

  @Override
  public Duration reopenPause() {
    return REOPEN_PAUSE;
  }

  /** Every connection belongs to a session or a call, so there is nothing left. */
  @Override
  public void close() {}

  @Override
  public String toString() {
    return bridge + " (SAM " + version + ")";
  }

  private static Destination destination(NamingReply reply) throws I2pException {
    return SamNames.destination(reply
        .destination()
        .orElseThrow(() -> new I2pException(
            ErrorKind.PROTOCOL_VIOLATION, "the router resolved a name to nothing")));
  }
}
