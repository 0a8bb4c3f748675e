package io.allium.memory;

import io.allium.Base32Address;
import io.allium.Capability;
import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.Hostname;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.spi.Call;
import io.allium.spi.OpenRequest;
import io.allium.spi.RouterDriver;
import io.allium.spi.RouterRequest;
import io.allium.spi.RouterSource;
import io.allium.spi.SessionDriver;
import io.allium.spi.SessionSink;
import io.allium.spi.TimeSource;
import io.allium.spi.support.ManualTime;
import io.allium.spi.support.Timeout;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A network of routers in memory, reached by {@code I2p.connect("memory:name")}: every program of this JVM that names it
 * is on it, and it is gone with its last user. Create one here to decide its faults and its clock:
 *
 * <pre>{@code
 * try (var network = MemoryNetwork.builder().seed(7).faults(Faults.none().withReset(0.01)).build();
 *     var i2p = I2p.connect(network.uri())) {
 *   ...
 * }
 * }</pre>
 *
 * <p>Faults are drawn from the seed, the link (which sessions, in the order they were opened, and the stream's ordinal number
 * between them, or the datagrams of one format and local port) and the number of the message on it: a plan replays
 * whatever the threads do. Safe for use by several threads.
 */
public final class MemoryNetwork implements AutoCloseable {
  private final String name;
  private final long seed;
  private final Faults faults;
  private volatile @Nullable TimeSource time;
  private final Set<Capability> capabilities;
  private final boolean signedDatagrams;
  private final OnlineSessions sessions = new OnlineSessions();
  private final Map<Hostname, Destination> names = new ConcurrentHashMap<>();
  private final Set<String> routers = ConcurrentHashMap.newKeySet();
  private final Set<String> stopped = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean handleClosed = new AtomicBoolean();

  /** Guarded by the lock of {@link Networks}. */
  int users;

  private MemoryNetwork(String name, Builder builder) {
    this.name = name;
    seed = builder.seed;
    faults = builder.faults;
    time = builder.time;
    capabilities = Set.copyOf(builder.capabilities);
    signedDatagrams = builder.signedDatagrams;
  }

  /**
   * A perfect network with a name nobody else has.
   *
   * @return to be closed by the caller
   */
  public static MemoryNetwork create() {
    return builder().build();
  }

  /**
   * Starts with a perfect network on the system's clock.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * How programs reach this network, through a router without a name that cannot be stopped by itself.
   *
   * @return for {@link I2p#connect(URI)}
   */
  public URI uri() {
    return URI.create("memory:" + name);
  }

  /**
   * How programs reach this network through one router, which {@link #stop(String)} takes away and
   * {@link #restart(String)} restarts.
   *
   * @param router letters, digits, dots, dashes and underscores
   * @return for {@link I2p#connect(URI)}
   * @throws IllegalArgumentException for another name
   */
  public URI uri(String router) {
    return router(router).uri();
  }

  /**
   * One of this network's routers, which {@link #stop}, {@link #start} and {@link #restart(String)} know from now on.
   *
   * @param router its name: 1 to 64 letters, digits, dots, dashes and underscores
   * @return for {@link I2p#connect(RouterSource)}
   */
  public RouterSource router(String router) {
    if (!router.matches(MemoryProvider.NAME)) {
      throw new IllegalArgumentException(
          "the name of a router is 1 to 64 letters, digits, dots, dashes and underscores");
    }
    routers.add(router);
    return new MemoryRouterSource(name, router, () -> {
      Networks.join(this);
      return this;
    });
  }

  /**
   * Puts a host name into every router's address book.
   *
   * @param host the name, replaced if there
   * @param destination what it stands for
   */
  public void addName(Hostname host, Destination destination) {
    names.put(host, destination);
  }

  /**
   * Moves a manual clock: what is due by then happens, on this thread, before this returns.
   *
   * @param duration not negative
   * @throws IllegalStateException if the network runs on the system's clock
   */
  public void advance(Duration duration) {
    if (!(time instanceof ManualTime manual)) {
      throw new IllegalStateException(
          "this network runs on the system's clock: build it with manualClock()");
    }
    if (duration.isNegative()) {
      throw new IllegalArgumentException("time does not go back: " + duration);
    }
    manual.advance(duration.toNanos());
  }

  /** Restarts every router: each session is lost, its streams break, and programs can open new ones at once. */
  public void restart() {
    sessions.loseAll("the router restarted");
  }

  /**
   * Restarts one router. One that is stopped stays so.
   *
   * @param router its name in {@link #uri(String)}
   * @throws IllegalArgumentException if no program has named it
   */
  public void restart(String router) {
    sessions.loseAll(known(router), "the router restarted");
  }

  /**
   * Stops one router, as a crash would: each of its sessions is lost, their streams break, and whoever asks it for anything
   * gets {@code ROUTER_UNREACHABLE} until {@link #start(String)}. Other routers live on, and take its destinations for
   * offline. Idempotent.
   *
   * @param router its name in {@link #uri(String)}
   * @throws IllegalArgumentException if no program has named it
   */
  public void stop(String router) {
    stopped.add(known(router));
    sessions.loseAll(router, "the router stopped");
  }

  /**
   * Starts a router that was stopped: sessions that wait for it come back within a moment. Does nothing to one that runs.
   *
   * @param router its name in {@link #uri(String)}
   * @throws IllegalArgumentException if no program has named it
   */
  public void start(String router) {
    stopped.remove(known(router));
  }

  /** A test that stops a router nobody uses would test nothing. */
  private String known(String router) {
    if (!routers.contains(router)) {
      throw new IllegalArgumentException("no program has named the router " + router);
    }
    return router;
  }

  /** Lets go of the network; it stays while programs are on it. Idempotent. */
  @Override
  public void close() {
    if (handleClosed.compareAndSet(false, true)) {
      Networks.leave(this);
    }
  }

  /** The name. */
  @Override
  public String toString() {
    return "MemoryNetwork[" + name + "]";
  }

  /** The network that a URI names, with one user more. */
  static MemoryNetwork named(String name) {
    return Networks.join(name, missing -> new MemoryNetwork(missing, builder()));
  }

  /** A program's access to a router; all programs bring the same clock. */
  RouterDriver join(String router, RouterRequest request) throws I2pException {
    if (time == null) {
      time = request.time();
    }
    routers.add(router);
    check(router);
    return new MemoryRouter(this, router);
  }

  SessionDriver online(String router, OpenRequest request, SessionSink sink) throws I2pException {
    MemorySession session = new MemorySession(this, request, sink);
    sessions.add(session, router, PublishedOptions.of(request.options()));
    try {
      check(router); // it may have been stopped since the program asked
    } catch (I2pException e) {
      sessions.remove(session);
      throw e;
    }
    return session;
  }

  OnlineSessions sessions() {
    return sessions;
  }

  @Nullable
  Destination find(I2pName wanted) {
    return switch (wanted) {
      case Destination known -> known;
      case Hostname host -> names.get(host);
      case Base32Address address -> sessions.find(address);
    };
  }

  String name() {
    return name;
  }

  long seed() {
    return seed;
  }

  Set<Capability> capabilities() {
    return capabilities;
  }

  boolean signsDatagrams() {
    return signedDatagrams;
  }

  Faults faults() {
    return faults;
  }

  TimeSource time() {
    return Objects.requireNonNull(time, "nobody has joined");
  }

  void pause(long nanos, Call call) throws I2pException, InterruptedException {
    if (nanos <= 0) {
      return;
    }
    Timeout.pause(time(), nanos, call);
    if (call.aborted()) {
      throw new I2pException(ErrorKind.CLOSED, "abandoned");
    }
  }

  /** Fails while the router is stopped. */
  void check(String router) throws I2pException {
    if (stopped.contains(router)) {
      throw new I2pException(
          ErrorKind.ROUTER_UNREACHABLE,
          "this router in memory is stopped: MemoryNetwork.start starts it");
    }
  }

  /** Collects the settings of a network; not for use by several threads at once. */
  public static final class Builder {
    private long seed;
    private Faults faults = Faults.none();
    private @Nullable TimeSource time;
    private boolean signedDatagrams;
    private final Set<Capability> capabilities = EnumSet.copyOf(MemoryRouter.CAPABILITIES);

    private Builder() {}

    /**
     * What chance is drawn from.
     *
     * @param value default 0
     * @return this
     */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /**
     * What goes wrong.
     *
     * @param value default {@link Faults#none()}
     * @return this
     */
    public Builder faults(Faults value) {
      faults = Objects.requireNonNull(value, "faults");
      return this;
    }

    /**
     * Routers that cannot do everything, such as those behind SAM, which end no single direction of a stream.
     *
     * @param first what they cannot do
     * @param more what else
     * @return this
     */
    public Builder without(Capability first, Capability... more) {
      capabilities.remove(first);
      capabilities.removeAll(List.of(more));
      return this;
    }

    /**
     * Repliable datagrams are signed by their sender and verified by their receiver, as on the network. By default this
     * network says itself who sent them, which is a hundred times faster.
     *
     * @return this
     */
    public Builder signedDatagrams() {
      signedDatagrams = true;
      return this;
    }

    /**
     * A clock that stands still until {@link MemoryNetwork#advance}, for deadlines as well as for latency.
     *
     * @return this
     */
    public Builder manualClock() {
      time = new ManualTime();
      return this;
    }

    /**
     * Makes the network.
     *
     * @return to be closed by the caller
     */
    public MemoryNetwork build() {
      return Networks.create(name -> new MemoryNetwork(name, this));
    }
  }
}
