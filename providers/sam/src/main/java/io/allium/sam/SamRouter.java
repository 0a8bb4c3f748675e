package io.allium.sam;

import io.allium.Capability;
import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Resolved;
import io.allium.RouterStatus;
import io.allium.protocol.sam.NamingLookup;
import io.allium.protocol.sam.NamingReply;
import io.allium.protocol.sam.SamVersion;
import io.allium.protocol.sam.state.NamingLookupConversation;
import io.allium.spi.Call;
import io.allium.spi.OpenRequest;
import io.allium.spi.ResolveRequest;
import io.allium.spi.RouterDriver;
import io.allium.spi.RouterRequest;
import io.allium.spi.SessionDriver;
import io.allium.spi.SessionSink;
import io.allium.spi.TimeSource;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** A router behind a SAM bridge. */
final class SamRouter implements RouterDriver {
  /**
   * When i2pd opens a destination again within about 4 s of closing it, it goes on with the one that is closing, and new
   * peers cannot find it. After 8 s this does not happen.
   */
  private static final Duration REOPEN_PAUSE = Duration.ofSeconds(10);

  /** Java I2P lets go of a destination up to about a second after the close of a session that had streams. */
  private static final Duration RELEASE_TIME = Duration.ofSeconds(5);

  /** A session is open as soon as it has one tunnel each way, and some peers are found only with more of them. */
  private static final Duration SETTLING = Duration.ofMinutes(2);

  private final SamAt at;
  private final SamBridge bridge;
  private final RouterRequest request;

  /** Of the last connection: another router may have taken the place of the first. */
  private volatile SamVersion version;

  SamRouter(SamAt at, SamBridge bridge, SamVersion version, RouterRequest request) {
    this.at = at;
    this.bridge = bridge;
    this.version = version;
    this.request = request;
  }

  @Override
  public Set<Capability> capabilities() {
    EnumSet<Capability> can = EnumSet.of(
        Capability.STREAM,
        Capability.HOST_NAMES,
        Capability.OFFLINE_KEYS,
        Capability.DATAGRAM,
        Capability.RAW);
    if (version.hasPorts()) {
      can.add(Capability.PORTS);
    }
    return Collections.unmodifiableSet(can);
  }

  @Override
  public TimeSource time() {
    return request.time();
  }

  /** A bridge that greets opens sessions, each of which waits for its own tunnels. */
  @Override
  public void awaitReady(Call call) throws I2pException, InterruptedException {
    connect(call).close();
  }

  @Override
  public SessionDriver open(OpenRequest wanted, SessionSink sink, Call call)
      throws I2pException, InterruptedException {
    SamSession session = new SamOpening(at, bridge, request).open(wanted, sink, call);
    version = session.version();
    return session;
  }

  @Override
  public Resolved resolve(ResolveRequest asked, Call call)
      throws I2pException, InterruptedException {
    try (SamConnection connection = connect(call)) {
      NamingReply reply = connection.begin(version ->
          new NamingLookupConversation(new NamingLookup(asked.name().text(), false), version));
      return new Resolved(destination(reply), Map.of());
    }
  }

  @Override
  public RouterStatus status(Call call) throws I2pException, InterruptedException {
    try (SamConnection connection = connect(call)) {
      return new RouterStatus(bridge.toString(), "SAM " + connection.version(), Map.of());
    }
  }

  @Override
  public Duration reopenPause() {
    return REOPEN_PAUSE;
  }

  @Override
  public Duration releaseTime() {
    return RELEASE_TIME;
  }

  @Override
  public Duration settling() {
    return SETTLING;
  }

  /** Every connection belongs to a session or a call, so there is nothing left. */
  @Override
  public void close(Call call) {}

  @Override
  public String toString() {
    return bridge + " (SAM " + version + ")";
  }

  private SamConnection connect(Call call) throws I2pException, InterruptedException {
    SamConnection connection = bridge.connect(call);
    version = connection.version();
    return connection;
  }

  private static Destination destination(NamingReply reply) throws I2pException {
    return SamNames.destination(reply
        .destination()
        .orElseThrow(() -> new I2pException(
            ErrorKind.PROTOCOL_VIOLATION, "the router resolved a name to nothing")));
  }
}
