package io.allium;

import io.allium.spi.Call;
import io.allium.spi.DatagramDriver;
import io.allium.spi.RouterDriver;
import io.allium.spi.SessionDriver;
import io.allium.spi.StreamDriver;
import io.allium.spi.TimeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One destination online, with tunnels of its own. Get one from {@link I2p#open}; it is online until closed.
 *
 * <p>Closing it closes its acceptors, ports and streams; bytes that the router had not delivered by then may be lost, so
 * let the peer finish first. Safe for use by several threads.
 */
public final class I2pSession implements AutoCloseable {
  /** A peer whose lease set is on its way is often there a moment later. */
  private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

  private final I2p i2p;
  private final RouterDriver router;
  private final SessionDriver driver;
  private final SessionConfig config;
  private final Destination destination;
  private final Incoming incoming;
  private final EventQueue events;
  private final I2pStream.StreamOwner owner = new Owner();
  private final Set<I2pStream> streams = ConcurrentHashMap.newKeySet();
  private final Set<DatagramPort> ports = ConcurrentHashMap.newKeySet();
  private final AtomicLong connected = new AtomicLong();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicReference<@Nullable I2pException> ended = new AtomicReference<>();
  private final OngoingCalls calls = new OngoingCalls(ended::get);

  I2pSession(
      I2p i2p,
      RouterDriver router,
      SessionDriver driver,
      SessionConfig config,
      Destination destination) {
    this.i2p = i2p;
    this.router = router;
    this.driver = driver;
    this.config = config;
    this.destination = destination;
    incoming =
        new Incoming(driver, router.time(), config.pendingAccepts(), "allium-" + destination);
    events = new EventQueue("allium-events-" + destination);
  }

  /**
   * This session's destination: what peers connect to.
   *
   * @return the same for the session's life
   */
  public Destination destination() {
    return destination;
  }

  /**
   * Connects to an address such as {@code example.i2p:80} or {@code <52 characters>.b32.i2p}, with the defaults.
   *
   * @param address a name, and optionally a colon and a port; default port 0, which reaches whoever accepts on every port
   * @return the stream, to be closed by the caller
   * @throws I2pException {@code NAME_INVALID}: check the text; else as {@link #connect(I2pAddress, ConnectOptions)}
   */
  public I2pStream connect(String address) throws I2pException {
    return connect(I2pAddress.parse(address, 0), ConnectOptions.defaults());
  }

  /**
   * Opens a stream to port 0 of a destination, b32 address or host name, with the defaults.
   *
   * @param to the peer
   * @return the stream, to be closed by the caller
   * @throws I2pException as {@link #connect(I2pAddress, ConnectOptions)}
   */
  public I2pStream connect(I2pName to) throws I2pException {
    return connect(I2pAddress.of(to, 0), ConnectOptions.defaults());
  }

  /**
   * Opens a stream with the defaults: local port 0, 90 s.
   *
   * @param to the peer
   * @return the stream, to be closed by the caller
   * @throws I2pException as {@link #connect(I2pAddress, ConnectOptions)}
   */
  public I2pStream connect(I2pAddress to) throws I2pException {
    return connect(to, ConnectOptions.defaults());
  }

  /**
   * Opens a stream. A name is resolved by the router first, never by the system. A peer that cannot be reached is tried
   * once more. Some routers answer before the peer did: then only data that comes back proves that it is there.
   *
   * @param to the peer
   * @param options local port, timeout
   * @return the stream, to be closed by the caller
   * @throws I2pException {@code NAME_NOT_FOUND}: check the name; {@code PEER_UNREACHABLE}, {@code LEASESET_NOT_FOUND},
   *     {@code PEER_REFUSED}, {@code TIMEOUT}: may be tried again; {@code UNSUPPORTED}: the router has no ports;
   *     {@code INTERRUPTED}: only this call is abandoned; after all of these the session stays usable.
   *     {@code SESSION_LOST}, {@code CLOSED}: it does not.
   * @see <a href="https://geti2p.net/en/docs/api/samv3">SAM, STREAM CONNECT</a>
   */
  public I2pStream connect(I2pAddress to, ConnectOptions options) throws I2pException {
    String what = "connect to " + to;
    StreamDriver stream = calls.run(
        router.time(),
        options.timeout(),
        what,
        call -> connect(to, options.localPort(), call),
        StreamDriver::reset);
    return adopt(stream, true);
  }

  /**
   * Accepts incoming streams for a port. An exact port beats port 0.
   *
   * @param port 0–65535, anything else is an {@link IllegalArgumentException}; 0 is every port that nobody else listens on, and the only one on a router without ports
   * @return the acceptor, open until closed or the session ends
   * @throws I2pException {@code CONFIG_INVALID}: the port already has an acceptor; {@code UNSUPPORTED}: the router has no
   *     ports; {@code CLOSED}; {@code SESSION_LOST}
   */
  public I2pAcceptor listen(int port) throws I2pException {
    Checks.port(port);
    check("listen");
    if (port != 0 && !router.capabilities().contains(Capability.PORTS)) {
      throw new I2pException(
          ErrorKind.UNSUPPORTED,
          "this router has no ports on streams: listen on port 0, or use a newer router");
    }
    return new I2pAcceptor(this, incoming, incoming.add(port), port);
  }

  /**
   * Opens a datagram port.
   *
   * @param options format and ports
   * @return the port, to be closed by the caller
   * @throws I2pException {@code UNSUPPORTED}: the router, the provider or {@link SessionConfig#protocols()} has no such
   *     datagrams; {@code INTERRUPTED}; {@code CLOSED}; {@code SESSION_LOST}
   */
  public DatagramPort datagrams(DatagramOptions options) throws I2pException {
    DatagramPort port = new DatagramPort(
        calls.run(
            router.time(),
            I2p.LOOKUP_TIMEOUT,
            "datagrams",
            call -> driver.datagrams(options, call),
            DatagramDriver::close),
        this);
    ports.add(port);
    return port;
  }

  /**
   * What the session's router can do.
   *
   * @return as {@link I2p#capabilities()}
   */
  public Set<Capability> capabilities() {
    return router.capabilities();
  }

  /**
   * Opens a session like this one with another, new destination, so that peers cannot tell that both are ours by their
   * addresses.
   *
   * @return the new session, to be closed by the caller
   * @throws I2pException as {@link I2p#open}
   */
  public I2pSession isolated() throws I2pException {
    check("isolated");
    return i2p.open(config.toBuilder().newDestination().build());
  }

  /**
   * Waits until peers can reach this session, which is more than that its router opened it. Not yet available.
   *
   * @param timeout how long at most, positive
   * @throws I2pException {@code UNSUPPORTED}: connect from a second session and exchange a byte instead
   */
  public void awaitReachable(Duration timeout) throws I2pException {
    Checks.positive(timeout, "timeout");
    check("awaitReachable");
    throw new I2pException(
        ErrorKind.UNSUPPORTED,
        "reachability is not measured yet: connect from a second session and exchange a byte");
  }

  /**
   * How the session is now.
   *
   * @return a snapshot
   */
  public SessionStatus status() {
    return new SessionStatus(
        state(),
        streams.size(),
        connected.get(),
        accepted.get(),
        incoming.waiting(),
        incoming.refused());
  }

  /**
   * Calls back on every event of this session, from its first one on, in order. All listeners of a session share one
   * thread; a slow one delays only the others.
   *
   * @param listener must not throw
   */
  public void onEvent(Consumer<SessionEvent> listener) {
    events.add(Objects.requireNonNull(listener, "listener"));
  }

  /** Takes the destination offline and closes everything that belongs to it. Does not block. Idempotent. */
  @Override
  public void close() {
    I2pException why = new I2pException(ErrorKind.CLOSED, "the session is closed");
    if (ended.compareAndSet(null, why)) {
      endChildren(why, I2pStream::close);
      events.tell(new SessionEvent.Closed());
    }
  }

  /** The address, shortened, and the state. */
  @Override
  public String toString() {
    return "I2pSession[" + destination + ", " + state() + "]";
  }

  /** The driver reports that the router dropped the session. */
  void lost(I2pException cause) {
    if (ended.compareAndSet(null, cause)) {
      endChildren(cause, stream -> stream.fail(cause));
      events.tell(new SessionEvent.Lost(cause));
      events.tell(new SessionEvent.Closed());
    }
  }

  TimeSource time() {
    return router.time();
  }

  void forget(DatagramPort port) {
    ports.remove(port);
  }

  I2pStream adopt(StreamDriver stream, boolean outgoing) throws I2pException {
    I2pStream adopted = new I2pStream(stream, owner);
    streams.add(adopted);
    I2pException why = ended.get();
    if (why != null) {
      adopted.fail(why);
      throw Calls.again(outgoing ? "connect" : "accept", why);
    }
    (outgoing ? connected : accepted).incrementAndGet();
    return adopted;
  }

  Destination resolvePeer(I2pName name, Duration timeout) throws I2pException {
    if (name instanceof Destination known) {
      return known;
    }
    return calls.run(
        router.time(), timeout, "resolve " + name, call -> resolvePeer(name, call), ignored -> {});
  }

  private Destination resolvePeer(I2pName name, Call call)
      throws I2pException, InterruptedException {
    return name instanceof Destination known
        ? known
        : I2p.checked(name, router.resolve(name, false, call)).destination();
  }

  private StreamDriver connect(I2pAddress to, int localPort, Call call)
      throws I2pException, InterruptedException {
    Destination peer = resolvePeer(to.name(), call);
    try {
      return driver.connect(peer, to.port(), localPort, call);
    } catch (I2pException e) {
      if (e.kind() != ErrorKind.PEER_UNREACHABLE || call.aborted()) {
        throw e;
      }
    }
    CountDownLatch pause = new CountDownLatch(1);
    call.onAbort(pause::countDown);
    TimeSource.Timer timer = router.time().schedule(RETRY_PAUSE.toNanos(), pause::countDown);
    try {
      pause.await();
    } finally {
      timer.cancel();
    }
    return driver.connect(peer, to.port(), localPort, call);
  }

  private void endChildren(I2pException why, Consumer<I2pStream> endStream) {
    calls.abort();
    incoming.end(why);
    ports.forEach(DatagramPort::close);
    streams.forEach(endStream);
    driver.close();
    i2p.forget(this);
  }

  private SessionStatus.State state() {
    I2pException why = ended.get();
    if (why == null) {
      return SessionStatus.State.ONLINE;
    }
    return why.kind() == ErrorKind.CLOSED ? SessionStatus.State.CLOSED : SessionStatus.State.LOST;
  }

  private void check(String what) throws I2pException {
    I2pException why = ended.get();
    if (why != null) {
      throw Calls.again(what, why);
    }
  }

  private final class Owner implements I2pStream.StreamOwner {
    @Override
    public TimeSource time() {
      return router.time();
    }

    @Override
    public boolean can(Capability capability) {
      return router.capabilities().contains(capability);
    }

    @Override
    public Destination destination() {
      return destination;
    }

    @Override
    public void forget(I2pStream stream) {
      streams.remove(stream);
    }
  }
}
