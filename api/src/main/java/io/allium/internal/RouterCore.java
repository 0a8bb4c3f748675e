package io.allium.internal;

import io.allium.Capability;
import io.allium.Destination;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.Protocol;
import io.allium.Registration;
import io.allium.ResolveOptions;
import io.allium.Resolved;
import io.allium.RouterEvent;
import io.allium.RouterStatus;
import io.allium.SessionConfig;
import io.allium.internal.OperationRecorder.Kind;
import io.allium.spi.Call;
import io.allium.spi.ResolveRequest;
import io.allium.spi.RouterDriver;
import io.allium.spi.RouterRequest;
import io.allium.spi.RouterSource;
import io.allium.spi.support.End;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Access to one router: its driver, and the sessions that were opened with it. */
public final class RouterCore implements SessionCore.Owner {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final URI uri;
  private final RouterDriver driver;
  private final EventQueue<RouterEvent> events;
  private final Set<SessionCore> sessions = ConcurrentHashMap.newKeySet();
  private final End end = new End();
  private final Calls calls;

  private RouterCore(URI uri, RouterDriver driver, EventQueue<RouterEvent> events) {
    this.uri = uri;
    this.driver = driver;
    this.events = events;
    calls = new Calls(driver.time(), end);
  }

  /** Connects to a router, or starts it. */
  public static RouterCore connect(RouterSource source, Duration timeout) throws I2pException {
    EventQueue<RouterEvent> events = new EventQueue<>("allium-router-events", new RouterHistory());
    RouterRequest request = new RouterRequest(
        SystemTime.INSTANCE,
        RANDOM,
        Thread.ofVirtual().factory(),
        phase -> events.tell(new RouterEvent.Progress(phase)));
    RouterDriver driver = Calls.run(
        SystemTime.INSTANCE,
        timeout,
        "connect to router",
        call -> source.connect(request, call),
        late -> late.close(Calls.noTime()));
    return new RouterCore(source.uri(), driver, events);
  }

  /** Which router it is. */
  public URI uri() {
    return uri;
  }

  /** What it can do. */
  public Set<Capability> capabilities() {
    return driver.capabilities();
  }

  /** Waits until sessions can be opened. */
  public void awaitReady(Duration timeout) throws I2pException {
    calls.run(
        timeout,
        "awaitReady",
        call -> {
          driver.awaitReady(call);
          return call;
        },
        ignored -> {});
  }

  /** Puts a destination online. */
  @Override
  public SessionCore open(SessionConfig config) throws I2pException {
    end.check("open");
    Set<Protocol> protocols = carried(config);
    DestinationKeys keys = keysFor(config);
    SessionOpening opening = new SessionOpening(
        driver, config, protocols, keys, new DatagramTable(keys.destination()), events::tell);
    try {
      OnlinePeriod first = FlightEvents.record(
          Kind.OPEN,
          keys.destination(),
          () -> calls.run(
              config.openTimeout(),
              "open a session",
              call -> opening.open(Optional.empty(), call),
              late -> late.driver().close(Calls.noTime())));
      SessionCore session = new SessionCore(this, config, opening, first);
      sessions.add(session);
      session.start(first);
      if (end.isSet()) {
        session.close(Grace.NONE);
        end.check("open");
      }
      return session;
    } catch (I2pException | RuntimeException e) {
      keys.close();
      throw e;
    }
  }

  /** Resolves a name. */
  public Resolved resolve(I2pName name, ResolveOptions options) throws I2pException {
    String what = "resolve " + name;
    end.check(what);
    if (name instanceof Destination known && !options.leaseSetOptions()) {
      return new Resolved(known, Map.of());
    }
    if (options.leaseSetOptions()) {
      require(
          Capability.LOOKUP_OPTIONS,
          what + ": this router does not tell the options of a destination");
    }
    if (options.access().isPresent()) {
      require(Capability.BLINDED_ACCESS, what + ": " + Resolver.NO_BLINDED_ACCESS);
    }
    ResolveRequest request = new ResolveRequest(name, options.leaseSetOptions(), options.access());
    return FlightEvents.record(
        Kind.LOOKUP,
        name,
        () -> calls.run(
            options.timeout(),
            what,
            (Call call) -> Resolver.lookUp(driver, request, call),
            ignored -> {}));
  }

  /** Asks it how it is. */
  public RouterStatus status(Duration timeout) throws I2pException {
    return calls.run(timeout, "status", driver::status, ignored -> {});
  }

  /** The open sessions. */
  public List<SessionCore> sessions() {
    return List.copyOf(sessions);
  }

  /** Calls back on every event from now on, after the last one. */
  public Registration onEvent(Consumer<? super RouterEvent> listener) {
    return events.add(listener);
  }

  /** Closes every session, then the driver. */
  public void close(Grace grace) {
    if (end.set(new I2pException(ErrorKind.CLOSED, "this access to the router is closed"))) {
      calls.abort();
      Runnable leave = () -> {
        SessionCore.closeAll(sessions, grace);
        Calls.within(driver.time(), grace.heard(), call -> Calls.guarded(() -> driver.close(call)));
        events.tell(new RouterEvent.Closed());
      };
      if (EventQueue.isTelling()) {
        // a listener that waits would keep the others from their events
        Thread.ofVirtual().name("allium-close").start(leave);
      } else {
        leave.run();
      }
    }
  }

  /** The router's URI. */
  @Override
  public String toString() {
    return "I2p[" + uri + "]";
  }

  @Override
  public RouterDriver driver() {
    return driver;
  }

  @Override
  public void forget(SessionCore session) {
    sessions.remove(session);
  }

  @Override
  public void require(Capability capability, String otherwise) throws I2pException {
    if (!capabilities().contains(capability)) {
      throw new I2pException(ErrorKind.UNSUPPORTED, otherwise);
    }
  }

  /** What the session will carry, which the router must be able to. */
  private Set<Protocol> carried(SessionConfig config) throws I2pException {
    if (config.anyProtocol()) {
      require(
          Capability.SUBSESSIONS,
          "this router carries one protocol at a time on a destination: open a session for each");
      return Arrays.stream(Protocol.values())
          .filter(protocol -> capabilities().contains(protocol.capability()))
          .collect(Collectors.toCollection(() -> EnumSet.noneOf(Protocol.class)));
    }
    for (Protocol protocol : config.protocols()) {
      require(
          protocol.capability(),
          "this router carries no " + protocol + " through " + uri.getScheme()
              + ": reach the router another way, such as sam:// or i2cp://, or open the session with protocols that this"
              + " way carries");
    }
    if (config.protocols().size() > 1) {
      require(
          Capability.SUBSESSIONS,
          "this router cannot carry " + config.protocols()
              + " on one destination: open a session for each");
    }
    return config.protocols();
  }

  private static DestinationKeys keysFor(SessionConfig config) {
    return config.keys().isPresent()
        ? config.keys().get().copy()
        : DestinationKeys.generate(config.signatureType());
  }
}
