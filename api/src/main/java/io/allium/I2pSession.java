package io.allium;

import io.allium.spi.Call;
import io.allium.spi.RouterDriver;
import io.allium.spi.TimeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One destination online, with tunnels of its own. Get one from {@link I2p#open}; it is online until closed.
 *
 * <p>When the router drops it, it comes back by itself with the same keys ({@link Recovery#ON}, the default). Meanwhile
 * its streams fail with {@code SESSION_LOST}, {@code connect}, {@code accept} and {@code receive} wait, and sending a
 * datagram fails; {@link #status()} and {@link #onEvent} tell.
 *
 * <p>Closing it closes its acceptors, ports and streams; bytes that the router had not delivered by then may be lost, so
 * let the peer finish first. Safe for use by several threads.
 */
public final class I2pSession implements AutoCloseable {
  /** Longer than what was written is under way when its stream is closed. */
  private static final Duration LINGER = Duration.ofSeconds(30);

  private final I2p i2p;
  private final RouterDriver router;
  private final SessionConfig config;
  private final DestinationKeys keys;
  private final Destination destination;
  private final Current<Stay> current;
  private final Incoming incoming;
  private final Outgoing outgoing;
  private final EventQueue events;
  private final OpenPorts ports;
  private final DatagramProbes probes;
  private final AtomicLong connected = new AtomicLong();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong recovered = new AtomicLong();
  private final AtomicReference<@Nullable I2pException> ended = new AtomicReference<>();
  private final OngoingCalls calls = new OngoingCalls(ended::get);

  /** Takes charge of the keys. */
  I2pSession(
      I2p i2p,
      RouterDriver router,
      SessionConfig config,
      DestinationKeys keys,
      DatagramProbes probes,
      Stay first) {
    this.i2p = i2p;
    this.probes = probes;
    this.router = router;
    this.config = config;
    this.keys = keys;
    destination = keys.destination();
    current = new Current<>(first);
    incoming =
        new Incoming(current, router.time(), config.pendingAccepts(), "allium-" + destination);
    ports = new OpenPorts(this, current);
    outgoing = new Outgoing(router, current, isSupervised());
    events = new EventQueue("allium-events-" + destination);
  }

  /** Begins to listen for losses: one may have come already. */
  void start(Stay first) {
    first.onLost(cause -> lost(first, cause));
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
   * Connects to an address such as {@code <52 characters>.b32.i2p}, {@code example.i2p} or, where the router has ports,
   * {@code example.i2p:80}, with the defaults.
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
   * once more. Some routers answer before the peer did: then only data that comes back proves that it is there. While
   * the session is being recovered it waits, as long as its timeout lets it.
   *
   * @param to the peer
   * @param options local port, timeout
   * @return the stream, to be closed by the caller
   * @throws I2pException {@code NAME_NOT_FOUND}: check the host name; {@code PEER_UNREACHABLE},
   *     {@code LEASESET_NOT_FOUND}, {@code PEER_REFUSED}, {@code TIMEOUT}: may be tried again; {@code UNSUPPORTED}: the router has no ports;
   *     {@code ROUTER_*}, {@code PROTOCOL_VIOLATION}: the router failed or is away; {@code INTERRUPTED}: only this call
   *     is abandoned; after all of these the session stays usable. {@code SESSION_LOST} without recovery,
   *     {@code CLOSED}: it does not.
   * @see <a href="https://geti2p.net/en/docs/api/samv3">SAM, STREAM CONNECT</a>
   */
  public I2pStream connect(I2pAddress to, ConnectOptions options) throws I2pException {
    requireStreams("connect");
    I2pStream stream = Flight.record(
        Flight.Kind.CONNECT,
        to,
        () -> calls.run(
            router.time(),
            options.timeout(),
            "connect to " + to,
            call -> outgoing.connect(to, options.localPort(), call),
            I2pStream::cancel));
    connected.incrementAndGet();
    return stream;
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
    requireStreams("listen");
    if (port != 0 && !router.capabilities().contains(Capability.PORTS)) {
      throw new I2pException(
          ErrorKind.UNSUPPORTED,
          "this router has no ports on streams: listen on port 0, or use a newer router");
    }
    return new I2pAcceptor(this, incoming, incoming.add(port), port);
  }

  /**
   * Opens a datagram port; waits while the session is being recovered, 30 s at most.
   *
   * @param options format and ports
   * @return the port, to be closed by the caller
   * @throws I2pException {@code CONFIG_INVALID}: another datagram port listens there; {@code UNSUPPORTED}: the router,
   *     the provider or {@link SessionConfig#protocols()} has no such datagrams, ports or protocol numbers;
   *     {@code TIMEOUT}; {@code INTERRUPTED}; {@code CLOSED}; {@code SESSION_LOST} without recovery
   */
  public DatagramPort datagrams(DatagramOptions options) throws I2pException {
    return calls.run(
        router.time(),
        I2p.LOOKUP_TIMEOUT,
        "datagrams",
        call -> ports.open(options, call),
        DatagramPort::close);
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
   * Opens a stream from a new destination of its own, in one call: as {@link #isolated()}, then {@code connect}. The
   * destination goes offline half a minute after the stream ended, when what was written has been delivered. Costs what
   * opening a session costs: seconds, and tunnels.
   *
   * @param to the peer
   * @param options local port, timeout; opening the session has its own, {@link SessionConfig#openTimeout()}
   * @return the stream, to be closed by the caller
   * @throws I2pException as {@link I2p#open} and {@link #connect(I2pAddress, ConnectOptions)}
   */
  public I2pStream connectIsolated(I2pAddress to, ConnectOptions options) throws I2pException {
    I2pSession own = isolated();
    try {
      I2pStream stream = own.connect(to, options);
      stream.onEnd(() -> {
        TimeSource.Timer unused = own.time().schedule(LINGER.toNanos(), own::close);
      });
      return stream;
    } catch (I2pException | RuntimeException e) {
      own.close();
      throw e;
    }
  }

  /**
   * Waits until peers can reach this session, which is more than that its router opened it: a second, transient session
   * with tunnels of its own, on the same router, connects here, or sends datagrams if this session carries no streams.
   * No acceptor or port need be open, and none gets what it sends. A session that stays unreachable, as sometimes happens
   * to one that its router opened but failed to publish, is taken offline and opened again with the same keys ({@link
   * SessionEvent.Lost}, then {@link SessionEvent.Recovered}), unless it has open streams or {@link Recovery#NONE}.
   *
   * <p>It costs what opening a session costs. Whoever watches the router can tell that both sessions belong together, as
   * all sessions on one router; peers see nothing of it.
   *
   * @param timeout how long at most, positive; minutes on a router that just started
   * @throws I2pException {@code TIMEOUT}: not reachable yet, the cause says what was tried; {@code INTERRUPTED}: only
   *     this call is abandoned; {@code ROUTER_*}; {@code CLOSED}; {@code SESSION_LOST} without recovery
   */
  public void awaitReachable(Duration timeout) throws I2pException {
    Checks.positive(timeout, "timeout");
    calls.run(
        router.time(),
        timeout,
        "awaitReachable",
        call -> {
          new Reachability(router, current, config, destination, incoming, probes, this::renew)
              .await(call);
          return call;
        },
        ignored -> {});
  }

  /**
   * How the session is now.
   *
   * @return a snapshot
   */
  public SessionStatus status() {
    return new SessionStatus(
        state(),
        openStreams(),
        connected.get(),
        accepted.get(),
        incoming.waiting(),
        incoming.refused(),
        recovered.get());
  }

  /**
   * Calls back on every event of this session from now on, in order, after those that say how it is now: {@code Ready},
   * then {@code Lost} while it is not online. All listeners of a session share one thread; a slow one delays only the
   * others.
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
      end(why, I2pStream::close);
    }
  }

  /** The address, shortened, and the state. */
  @Override
  public String toString() {
    return "I2pSession[" + destination + ", " + state() + "]";
  }

  TimeSource time() {
    return router.time();
  }

  void forget(DatagramPort port) {
    ports.forget(port);
  }

  I2pStream accepted(I2pStream stream) {
    Flight.RECORDER.start(Flight.Kind.ACCEPT, stream.remote()).end("ok");
    accepted.incrementAndGet();
    return stream;
  }

  /** The router dropped the session, or it is to be opened again. */
  private void lost(Stay stay, I2pException cause) {
    if (config.recovery() == Recovery.NONE) {
      if (ended.compareAndSet(null, cause)) {
        events.tell(new SessionEvent.Lost(cause));
        end(cause, stream -> stream.fail(cause));
      }
    } else {
      comeBack(stay, cause);
    }
  }

  /** Leaves the router and opens the destination again; returns at once. */
  private void comeBack(Stay stay, I2pException cause) {
    if (current.leave(stay, cause)) {
      events.tell(new SessionEvent.Lost(cause));
      stay.end(cause, stream -> stream.fail(cause));
      ports.lost(cause);
      Thread.ofVirtual().name("allium-recovery-" + destination).start(this::recover);
    }
  }

  private void renew(Stay stay, I2pException cause) {
    if (isSupervised() && openStreams() == 0) {
      comeBack(stay, cause);
    }
  }

  private void recover() {
    Supervisor supervisor = new Supervisor(
        router, calls, config.openTimeout(), new Again(), toString(), ThreadLocalRandom.current());
    try {
      Stay next = Flight.record(Flight.Kind.RECOVERY, destination, supervisor::recover);
      if (current.enter(next)) {
        recovered.incrementAndGet();
        events.tell(new SessionEvent.Recovered());
        start(next);
      } else {
        next.end(Objects.requireNonNull(ended.get()), I2pStream::cancel);
      }
    } catch (I2pException e) {
      giveUp(e);
    }
  }

  private void giveUp(I2pException why) {
    if (ended.compareAndSet(null, why)) {
      end(why, stream -> stream.fail(why));
    }
  }

  /** The same destination at its next stay, with its ports. */
  private final class Again implements Supervisor.Opening {
    @Override
    public Stay open(Call call) throws I2pException, InterruptedException {
      Stay next = Stay.open(router, config, keys, probes, call);
      try {
        ports.reopen(next.driver(), call);
        return next;
      } catch (I2pException | InterruptedException | RuntimeException e) {
        next.driver().close();
        throw e;
      }
    }

    /** The ports leave it first, so that who waits there waits for the next one. */
    @Override
    public void discard(Stay late) {
      I2pException why = new I2pException(ErrorKind.SESSION_LOST, "it was open again too late");
      ports.lost(why);
      late.end(why, I2pStream::cancel);
    }
  }

  Destination resolve(I2pName name, Call call) throws I2pException, InterruptedException {
    return outgoing.resolve(name, call);
  }

  boolean isSupervised() {
    return config.recovery() == Recovery.ON;
  }

  private void end(I2pException why, Consumer<I2pStream> endStream) {
    calls.abort();
    incoming.end(why);
    ports.end(why);
    Stay last = current.end(why);
    if (last != null) {
      last.end(why, endStream);
    }
    i2p.forget(this);
    keys.close();
    events.tell(new SessionEvent.Closed());
  }

  /** Those that the program has, not those that wait for an acceptor. */
  private int openStreams() {
    Stay stay = current.now();
    return stay == null ? 0 : Math.max(0, stay.streams() - incoming.waiting());
  }

  private SessionStatus.State state() {
    I2pException why = ended.get();
    if (why == null) {
      return current.now() == null ? SessionStatus.State.RECOVERING : SessionStatus.State.ONLINE;
    }
    return why.kind() == ErrorKind.CLOSED ? SessionStatus.State.CLOSED : SessionStatus.State.LOST;
  }

  private void requireStreams(String what) throws I2pException {
    if (!config.protocols().contains(Protocol.STREAM)) {
      throw new I2pException(
          ErrorKind.UNSUPPORTED,
          what + ": this session carries " + config.protocols()
              + ": open one with protocols(STREAM) for streams");
    }
  }

  private void check(String what) throws I2pException {
    I2pException why = ended.get();
    if (why != null) {
      throw Calls.again(what, why);
    }
  }
}
