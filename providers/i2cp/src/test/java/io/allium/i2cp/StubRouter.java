package io.allium.i2cp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.i2p.data.Destination;
import net.i2p.data.LeaseSet2;
import net.i2p.data.i2cp.CreateSessionMessage;
import net.i2p.data.i2cp.DestroySessionMessage;
import net.i2p.data.i2cp.GetBandwidthLimitsMessage;
import net.i2p.data.i2cp.GetDateMessage;
import net.i2p.data.i2cp.HostLookupMessage;
import net.i2p.data.i2cp.I2CPMessage;
import net.i2p.data.i2cp.SendMessageExpiresMessage;

/**
 * A router with I2CP that does what its script says: for each type of message a step. Without one it is a small network: its
 * sessions come online, find each other, and get what is sent to them. It remembers every connection.
 */
final class StubRouter implements AutoCloseable {
  /** What the router does when it has read a message. */
  interface Step {
    void take(StubConnection connection, I2CPMessage message)
        throws IOException, InterruptedException;
  }

  static final Step SILENCE = (connection, message) -> {};
  static final Step CLOSE = (connection, message) -> connection.close();
  static final Step RESET = (connection, message) -> connection.reset();

  /** No test may pass because two clocks happen to agree. */
  static final Duration AHEAD = Duration.ofDays(7 * 365);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  static {
    LiveThreads.watch();
  }

  private final ServerSocket server;
  private final Thread acceptor;
  private final Map<Class<? extends I2CPMessage>, Step> steps = new ConcurrentHashMap<>();
  private final Map<String, Destination> names = new ConcurrentHashMap<>();
  private final List<StubConnection> connections = new CopyOnWriteArrayList<>();
  private final AtomicInteger sessions = new AtomicInteger();
  private volatile LongSupplier clock = () -> System.currentTimeMillis() + AHEAD.toMillis();
  private volatile String version = "0.9.64";

  private StubRouter(int port) throws IOException {
    server = new ServerSocket();
    server.setReuseAddress(true);
    server.setReceiveBufferSize(16 * 1024); // one that does not read is full soon
    server.bind(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 200);
    on(GetDateMessage.class, (connection, message) -> connection.send(Stubs.date(now(), version)));
    on(CreateSessionMessage.class, this::create);
    on(DestroySessionMessage.class, CLOSE);
    on(SendMessageExpiresMessage.class, this::deliver);
    on(HostLookupMessage.class, this::lookUp);
    on(
        GetBandwidthLimitsMessage.class,
        (connection, message) -> connection.send(Stubs.limitsOfJava()));
    acceptor = Thread.ofVirtual().name("stub-router").start(this::run);
  }

  static StubRouter start() throws IOException {
    return at(0);
  }

  /** Where another one was before. */
  static StubRouter at(int port) throws IOException {
    return new StubRouter(port);
  }

  StubRouter on(Class<? extends I2CPMessage> type, Step step) {
    steps.put(type, step);
    return this;
  }

  /** Its clock, in milliseconds since 1970. */
  StubRouter clock(LongSupplier value) {
    clock = value;
    return this;
  }

  StubRouter version(String value) {
    version = value;
    return this;
  }

  StubRouter name(String name, Destination destination) {
    names.put(name, destination);
    return this;
  }

  long now() {
    return clock.getAsLong();
  }

  URI uri() {
    return URI.create("i2cp://127.0.0.1:" + port());
  }

  I2cpAt at() {
    return I2cpAt.of("127.0.0.1", port());
  }

  int port() {
    return server.getLocalPort();
  }

  List<StubConnection> connections() {
    return connections;
  }

  /** Connections on which a session was asked for, in the order of connections. */
  List<StubConnection> sessions() {
    return connections.stream()
        .filter(connection -> connection.destination() != null)
        .toList();
  }

  /** The last session that has a lease set. */
  StubConnection awaitOnline() {
    return awaitOnline(1);
  }

  /** The last session that has a lease set, once there are so many. */
  StubConnection awaitOnline(int count) {
    await(count + " sessions online", () -> online().size() >= count);
    return online().getLast();
  }

  /** The last session, once its lease set may be published: with its first port it gives that again, or for the first time. */
  StubConnection awaitPublished() {
    StubConnection session = awaitOnline();
    await(
        "the lease set to be published",
        () -> !((LeaseSet2) session.leaseSets().getLast().getLeaseSet()).isUnpublished());
    return session;
  }

  private List<StubConnection> online() {
    return sessions().stream().filter(session -> !session.leaseSets().isEmpty()).toList();
  }

  /** Asked for a session: the usual answer. */
  void create(StubConnection connection, I2CPMessage message) throws IOException {
    Destination wanted = ((CreateSessionMessage) message).getSessionConfig().getDestination();
    boolean inUse = living()
        .anyMatch(other -> other != connection
            && other.session() != StubConnection.NO_SESSION
            && wanted.equals(other.destination()));
    if (inUse) {
      connection.send(Stubs.disconnect("duplicate destination"));
      connection.close();
      return;
    }
    connection.session(sessions.incrementAndGet());
    connection.send(Stubs.created(connection.session()));
    connection.send(Stubs.leaseSetWanted(connection.session(), now()));
  }

  private void deliver(StubConnection connection, I2CPMessage message) throws IOException {
    SendMessageExpiresMessage send = (SendMessageExpiresMessage) message;
    for (StubConnection peer : living().toList()) {
      if (peer.session() != StubConnection.NO_SESSION
          && send.getDestination().equals(peer.destination())) {
        try {
          peer.send(Stubs.payload(peer.session(), send.getPayload().getEncryptedData()));
        } catch (IOException e) {
          // it goes offline now
        }
      }
    }
  }

  private void lookUp(StubConnection connection, I2CPMessage message) throws IOException {
    HostLookupMessage question = (HostLookupMessage) message;
    Stream<Destination> found = question.getLookupType() == HostLookupMessage.LOOKUP_HASH
        ? living()
            .map(StubConnection::destination)
            .filter(known -> known != null && known.calculateHash().equals(question.getHash()))
        : Stream.ofNullable(names.get(question.getHostname()));
    connection.send(Stubs.answer(question, found.findFirst()));
  }

  private Stream<StubConnection> living() {
    return connections.stream().filter(connection -> !connection.hasEnded());
  }

  /** Waits until the client has let go of every connection, and fails where it does not. */
  void awaitAllClosed() {
    await(
        () -> "the client to close every connection; open: "
            + living().map(StubConnection::messages).toList(),
        () -> living().findAny().isEmpty());
  }

  /** Polls without sleeping: what it waits for happens on other threads. */
  static void await(String what, BooleanSupplier condition) {
    await(() -> what, condition);
  }

  private static void await(Supplier<String> what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain for " + what.get());
      }
      Thread.yield();
    }
  }

  /** Dies: takes no connection any more, and resets those that it has. */
  void die() {
    stopListening();
    connections.forEach(StubConnection::reset);
  }

  private void stopListening() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // until it has noticed, the kernel may still take connections
    await("the router to stop", () -> !acceptor.isAlive());
  }

  @Override
  public void close() {
    stopListening();
    connections.forEach(StubConnection::close);
  }

  private void run() {
    try {
      while (true) {
        Socket socket = server.accept();
        StubConnection connection = new StubConnection(socket);
        connections.add(connection);
        Thread.ofVirtual().name("stub-connection").start(() -> connection.run(this::take));
      }
    } catch (IOException closed) {
      // whoever closed it knows
    }
  }

  private void take(StubConnection connection, I2CPMessage message)
      throws IOException, InterruptedException {
    steps.getOrDefault(message.getClass(), SILENCE).take(connection, message);
  }
}
