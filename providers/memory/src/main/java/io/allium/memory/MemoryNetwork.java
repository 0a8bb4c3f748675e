package io.allium.memory;

import io.allium.Base32Address;
import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.Hostname;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.Protocol;
import io.allium.spi.Call;
import io.allium.spi.RouterDriver;
import io.allium.spi.SessionDriver;
import io.allium.spi.SessionEvents;
import io.allium.spi.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
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
 * <p>Faults are drawn from the seed, the link (which sessions, in the order they were opened, and the how manyeth stream
 * between them, or the datagrams of one format and local port) and the number of the message on it: a plan replays
 * whatever the threads do. Safe for use by several threads.
 */
public final class MemoryNetwork implements AutoCloseable {
  private static final ReentrantLock REGISTRY_LOCK = new ReentrantLock();
  private static final Map<String, MemoryNetwork> REGISTRY = new ConcurrentHashMap<>();
  private static final AtomicInteger UNNAMED = new AtomicInteger();

  private record Online(MemorySession session, String router, int ordinal) {
    void lose(String why) {
      session.lose(new I2pException(ErrorKind.SESSION_LOST, why));
    }
  }

  private final String name;
  private final long seed;
  private final Faults faults;
  private final TimeSource time;
  private final Map<Destination, Online> online = new ConcurrentHashMap<>();
  private final Map<Hostname, Destination> names = new ConcurrentHashMap<>();
  private final Set<String> routers = ConcurrentHashMap.newKeySet();
  private final Set<String> stopped = ConcurrentHashMap.newKeySet();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicBoolean handleClosed = new AtomicBoolean();
  private int users;

  private MemoryNetwork(String name, long seed, Faults faults, TimeSource time) {
    this.name = name;
    this.seed = seed;
    this.faults = faults;
    this.time = time;
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
    if (!router.matches(MemoryProvider.NAME)) {
      throw new IllegalArgumentException(
          "the name of a router is 1 to 64 letters, digits, dots, dashes and underscores");
    }
    routers.add(router);
    return URI.create("memory:" + name + "/" + router);
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
    List.copyOf(online.values()).forEach(entry -> entry.lose("the router restarted"));
  }

  /**
   * Restarts one router. One that is stopped stays so.
   *
   * @param router its name in {@link #uri(String)}
   * @throws IllegalArgumentException if no program has named it
   */
  public void restart(String router) {
    loseAll(known(router), "the router restarted");
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
    loseAll(router, "the router stopped");
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
      leave();
    }
  }

  /** The name. */
  @Override
  public String toString() {
    return "MemoryNetwork[" + name + "]";
  }

  static RouterDriver join(String name, String router) throws I2pException {
    REGISTRY_LOCK.lock();
    try {
      MemoryNetwork network = REGISTRY.computeIfAbsent(
          name, missing -> new MemoryNetwork(missing, 0, Faults.none(), TimeSource.system()));
      network.routers.add(router);
      network.check(router);
      network.users++;
      return new MemoryRouter(network, router);
    } finally {
      REGISTRY_LOCK.unlock();
    }
  }

  void leave() {
    REGISTRY_LOCK.lock();
    try {
      if (--users <= 0) {
        REGISTRY.remove(name, this);
      }
    } finally {
      REGISTRY_LOCK.unlock();
    }
  }

  SessionDriver online(
      String router,
      Destination destination,
      Set<Protocol> protocols,
      boolean offlineKeys,
      SessionEvents events)
      throws I2pException {
    MemorySession session = new MemorySession(this, destination, protocols, offlineKeys, events);
    if (online.putIfAbsent(destination, new Online(session, router, opened.incrementAndGet()))
        != null) {
      throw new I2pException(
          ErrorKind.DESTINATION_IN_USE,
          "a session with this destination is already open: close it first");
    }
    try {
      check(router); // it may have been stopped since the program asked
    } catch (I2pException e) {
      offline(session);
      throw e;
    }
    return session;
  }

  @Nullable
  MemorySession session(Destination destination) {
    Online entry = online.get(destination);
    return entry == null ? null : entry.session;
  }

  int ordinal(MemorySession session) {
    Online entry = online.get(session.destination());
    return entry == null ? 0 : entry.ordinal;
  }

  int sessions() {
    return online.size();
  }

  @Nullable
  Destination find(I2pName wanted) {
    return switch (wanted) {
      case Destination known -> known;
      case Hostname host -> names.get(host);
      case Base32Address address ->
        online.keySet().stream().filter(address::matches).findFirst().orElse(null);
    };
  }

  String name() {
    return name;
  }

  long seed() {
    return seed;
  }

  Faults faults() {
    return faults;
  }

  TimeSource time() {
    return time;
  }

  void pause(long nanos, Call call) throws I2pException, InterruptedException {
    if (nanos <= 0) {
      return;
    }
    CountDownLatch over = new CountDownLatch(1);
    TimeSource.Timer timer = time.schedule(nanos, over::countDown);
    call.onAbort(over::countDown);
    try {
      over.await();
    } finally {
      timer.cancel();
    }
    if (call.aborted()) {
      throw new I2pException(ErrorKind.CLOSED, "abandoned");
    }
  }

  /** Its program may let go of a lost session when the destination is online again in another. */
  void offline(MemorySession session) {
    online.computeIfPresent(
        session.destination(), (key, entry) -> entry.session == session ? null : entry);
  }

  /** Fails while the router is stopped. */
  void check(String router) throws I2pException {
    if (stopped.contains(router)) {
      throw new I2pException(
          ErrorKind.ROUTER_UNREACHABLE,
          "this router in memory is stopped: MemoryNetwork.start starts it");
    }
  }

  private void loseAll(String router, String why) {
    List.copyOf(online.values()).stream()
        .filter(entry -> entry.router.equals(router))
        .forEach(entry -> entry.lose(why));
  }

  /** Collects the settings of a network; not for use by several threads at once. */
  public static final class Builder {
    private long seed;
    private Faults faults = Faults.none();
    private TimeSource time = TimeSource.system();

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
      REGISTRY_LOCK.lock();
      try {
        String name;
        do {
          name = "network-" + UNNAMED.incrementAndGet();
        } while (REGISTRY.containsKey(name));
        MemoryNetwork network = new MemoryNetwork(name, seed, faults, time);
        network.users = 1;
        REGISTRY.put(name, network);
        return network;
      } finally {
        REGISTRY_LOCK.unlock();
      }
    }
  }
}
