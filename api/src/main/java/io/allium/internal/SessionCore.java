package io.allium.internal;

import io.allium.BlindedAccess;
import io.allium.Capability;
import io.allium.ConnectOptions;
import io.allium.DatagramOptions;
import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.Known;
import io.allium.ListenOptions;
import io.allium.Protocol;
import io.allium.Recovery;
import io.allium.Registration;
import io.allium.ResolveOptions;
import io.allium.SessionConfig;
import io.allium.SessionEvent;
import io.allium.SessionStatus;
import io.allium.internal.OperationRecorder.Kind;
import io.allium.internal.values.Checks;
import io.allium.spi.Call;
import io.allium.spi.RouterDriver;
import io.allium.spi.TimeSource;
import io.allium.spi.support.End;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One destination and what the program has of it, over all its online periods. */
public final class SessionCore implements DatagramCore.Owner {
  /** What a session needs of its router's owner. */
  interface Owner {
    RouterDriver driver();

    /** Fails with {@code UNSUPPORTED} and these words if the router cannot do it. */
    void require(Capability capability, String otherwise) throws I2pException;

    SessionCore open(SessionConfig config) throws I2pException;

    void forget(SessionCore session);
  }

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Owner router;
  private final SessionConfig config;
  private final SessionOpening opening;
  private final Destination destination;
  private final CurrentPeriod current;
  private final IncomingStreams incoming;
  private final Connector connector;
  private final EventQueue<SessionEvent> events;
  private final AtomicLong connected = new AtomicLong();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong recovered = new AtomicLong();
  private volatile boolean sought;
  private final End end = new End();
  private final Calls calls;
  private volatile Optional<Object> handOver = Optional.empty();
  private volatile @Nullable OnlinePeriod last;

  /** Takes charge of the keys. */
  SessionCore(Owner router, SessionConfig config, SessionOpening opening, OnlinePeriod first) {
    this.router = router;
    this.config = config;
    this.opening = opening;
    destination = opening.keys().destination();
    current = new CurrentPeriod(first);
    incoming = new IncomingStreams(current, time(), "allium-" + destination);
    connector = new Connector(driver(), current, isSupervised());
    events = new EventQueue<>("allium-events-" + destination, new SessionHistory());
    calls = new Calls(time(), end);
  }

  /** Tells the driver the ports, and begins to listen for losses: one may have come already. */
  void start(OnlinePeriod first) {
    incoming.tell(first);
    if (sought) {
      first.driver().publish();
    }
    first.onLost(cause -> lost(first, cause));
  }

  /** What peers connect to. */
  public Destination destination() {
    return destination;
  }

  /** What its router can do. */
  public Set<Capability> capabilities() {
    return driver().capabilities();
  }

  /** Opens a stream. */
  public StreamCore connect(I2pAddress to, ConnectOptions options) throws I2pException {
    opening.requireStreams("connect");
    if (options.access().isPresent()) {
      router.require(Capability.BLINDED_ACCESS, "connect: " + Resolver.NO_BLINDED_ACCESS);
    }
    StreamCore stream = FlightEvents.record(Kind.CONNECT, to, () -> connectInTime(to, options));
    connected.incrementAndGet();
    return stream;
  }

  /** When the time is over, what the router said of the peer tells more than that. */
  private StreamCore connectInTime(I2pAddress to, ConnectOptions options) throws I2pException {
    String what = "connect to " + to;
    try {
      return calls.run(
          options.timeout(),
          what,
          call -> connector.connect(to, options, call),
          StreamCore::cancel);
    } catch (I2pException e) {
      throw e.kind() == ErrorKind.TIMEOUT
              && e.getCause() instanceof I2pException why
              && why.kind() == ErrorKind.PEER_UNREACHABLE
          ? End.again(what, why)
          : e;
    }
  }

  /** Accepts the streams of a port. */
  public AcceptQueue listen(ListenOptions options) throws I2pException {
    end.check("listen");
    opening.requireStreams("listen");
    if (options.port() != 0) {
      router.require(
          Capability.PORTS,
          "this router has no ports on streams: listen on port 0, or use a newer router");
    }
    AcceptQueue queue = incoming.add(options);
    publish();
    return queue;
  }

  /** Peers look for it from now on. */
  private void publish() {
    sought = true;
    OnlinePeriod period = current.now();
    if (period != null) {
      period.driver().publish();
    }
  }

  /** Ends an acceptor. */
  public void stopListening(int port, AcceptQueue queue) {
    incoming.remove(port, queue);
    queue.end(new I2pException(ErrorKind.CLOSED, "the acceptor is closed"));
  }

  /** Counts a stream that the program got. */
  public StreamCore accepted(StreamCore stream) {
    FlightEvents.happened(Kind.ACCEPT, stream.remote());
    accepted.incrementAndGet();
    return stream;
  }

  /** Counts a stream that was refused after it was taken. */
  public void countRefused() {
    incoming.countRefused();
  }

  /** Opens a datagram port. */
  public DatagramCore datagrams(DatagramOptions options) throws I2pException {
    return calls.run(
        ResolveOptions.DEFAULT_TIMEOUT,
        "datagrams",
        call -> {
          current.await(call);
          DatagramRules.check(options, opening, capabilities());
          DatagramCore port = new DatagramCore(options, this, opening.datagrams());
          opening.datagrams().add(port);
          publish();
          return port;
        },
        DatagramCore::close);
  }

  /** Whether its keys were made for it. */
  public boolean isTransient() {
    return config.keys().isEmpty();
  }

  /** A session like this one, with another destination. */
  public SessionCore isolated() throws I2pException {
    end.check("isolated");
    return router.open(config.toBuilder().newDestination().build());
  }

  /** Waits until peers can reach it. */
  public Known awaitReachable(Duration timeout) throws I2pException {
    Checks.positive(timeout, "timeout");
    publish();
    return calls.run(
        timeout,
        "awaitReachable",
        call -> new Reachability(opening, current, opening.probeProtocol(), incoming, this::renew)
            .await(call),
        ignored -> {});
  }

  /** How it is now. */
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

  /** Calls back on every event. */
  public Registration onEvent(Consumer<? super SessionEvent> listener) {
    return events.add(listener);
  }

  /** Takes the destination offline; what was written to each closed stream gets that much time from its close on. */
  public Known close(Grace grace) {
    if (!shut()) {
      return Known.CANNOT_KNOW;
    }
    if (EventQueue.isTelling()) {
      // a listener that waits would keep the others from their events
      Thread.ofVirtual().name("allium-close-" + destination).start(() -> leave(grace));
      return Known.CANNOT_KNOW;
    }
    return leave(grace);
  }

  /** As {@link #close} for several, whose times pass together. */
  static void closeAll(Collection<SessionCore> sessions, Grace grace) {
    // all are shut before the first one waits
    sessions.stream().filter(SessionCore::shut).toList().forEach(session -> session.leave(grace));
  }

  /** Ends all that the program has of it; {@link #leave} must follow. False if it was over before. */
  private boolean shut() {
    I2pException why = new I2pException(ErrorKind.CLOSED, "the session is closed");
    if (!end.set(why)) {
      return false;
    }
    endAll(why, StreamCore::close);
    return true;
  }

  /** The address, shortened, and the state. */
  @Override
  public String toString() {
    return "I2pSession[" + destination + ", " + state() + "]";
  }

  @Override
  public TimeSource time() {
    return driver().time();
  }

  @Override
  public Destination resolve(I2pName name, Optional<BlindedAccess> access, Call call)
      throws I2pException, InterruptedException {
    return connector.resolve(name, access, call);
  }

  @Override
  public int maxPayload(Protocol protocol) {
    OnlinePeriod period = current.now();
    return period == null
        ? DatagramRules.maxPayload(protocol)
        : period.driver().maxPayload(protocol);
  }

  /** A datagram that waits for a router to come back is of no use to anybody. */
  @Override
  public OnlinePeriod periodNow() throws I2pException {
    OnlinePeriod now = current.now();
    if (now == null) {
      throw new I2pException(
          ErrorKind.SESSION_LOST,
          "the session is being recovered: send again later",
          current.gone());
    }
    return now;
  }

  @Override
  public boolean isCurrent(OnlinePeriod period) {
    return current.is(period);
  }

  private RouterDriver driver() {
    return router.driver();
  }

  private boolean isSupervised() {
    return config.recovery() == Recovery.ON;
  }

  /** The router dropped the session, or it is to be opened again. */
  private void lost(OnlinePeriod period, I2pException cause) {
    if (isSupervised()) {
      comeBack(period, cause);
    } else if (end.set(cause)) {
      events.tell(new SessionEvent.Lost(cause));
      endAll(cause, stream -> stream.fail(cause));
      leave(Grace.NONE);
    }
  }

  /** Leaves the router and opens the destination again; returns at once. */
  private void comeBack(OnlinePeriod period, I2pException cause) {
    if (current.leave(period, cause)) {
      events.tell(new SessionEvent.Lost(cause));
      handOver = period.driver().handOver();
      period.end(cause, stream -> stream.fail(cause));
      Thread.ofVirtual().name("allium-recovery-" + destination).start(this::recover);
    }
  }

  private void renew(OnlinePeriod period, I2pException cause) {
    if (isSupervised() && openStreams() == 0) {
      comeBack(period, cause);
    }
  }

  private void recover() {
    Supervisor supervisor =
        new Supervisor(driver(), calls, config.openTimeout(), new Again(), toString(), RANDOM);
    try {
      OnlinePeriod next = FlightEvents.record(Kind.RECOVERY, destination, supervisor::recover);
      if (current.enter(next)) {
        recovered.incrementAndGet();
        events.tell(new SessionEvent.Recovered());
        start(next);
      } else {
        next.end(Objects.requireNonNull(end.why()), StreamCore::cancel);
      }
    } catch (I2pException e) {
      if (end.set(e)) {
        endAll(e, stream -> stream.fail(e));
        leave(Grace.NONE);
      }
    }
  }

  /** The same destination at its next period. */
  private final class Again implements Supervisor.Opening {
    @Override
    public OnlinePeriod open(Call call) throws I2pException, InterruptedException {
      OnlinePeriod next = opening.open(handOver, call);
      incoming.tell(next);
      return next;
    }

    @Override
    public void discard(OnlinePeriod late) {
      late.end(
          new I2pException(ErrorKind.SESSION_LOST, "it was open again too late"),
          StreamCore::cancel);
    }
  }

  private void endAll(I2pException why, Consumer<StreamCore> endStream) {
    calls.abort();
    incoming.end(why);
    opening.datagrams().end(why);
    @Nullable OnlinePeriod period = current.end(why);
    last = period;
    if (period != null) {
      period.endStreams(why, endStream);
    }
  }

  private Known leave(Grace grace) {
    @Nullable OnlinePeriod period = last;
    Known delivered = period == null ? Known.CANNOT_KNOW : period.leave(grace);
    router.forget(this);
    opening.keys().close();
    events.tell(new SessionEvent.Closed());
    return delivered;
  }

  /** Those that the program has, not those that wait for an acceptor. */
  private int openStreams() {
    OnlinePeriod period = current.now();
    return period == null ? 0 : Math.max(0, period.streams() - incoming.waiting());
  }

  private SessionStatus.State state() {
    I2pException why = end.why();
    if (why == null) {
      return current.now() == null ? SessionStatus.State.RECOVERING : SessionStatus.State.ONLINE;
    }
    return why.kind() == ErrorKind.CLOSED ? SessionStatus.State.CLOSED : SessionStatus.State.LOST;
  }
}
