package io.allium.sam;

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
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A SAM bridge that does what its script says: for each command a step, chosen by how the line begins. It remembers
 * every connection and every byte of each.
 */
final class StubBridge implements AutoCloseable {
  /** What the bridge does when it has read a line. */
  interface Step {
    void take(StubConnection connection, String line) throws IOException, InterruptedException;
  }

  static final Step HANG = (connection, line) -> {};
  static final Step CLOSE = (connection, line) -> connection.close();
  static final Step RESET = (connection, line) -> connection.reset();
  static final Step ENDLESS_LINE = (connection, line) -> connection.sendForEver("A".repeat(4096));
  static final Step GARBAGE = reply("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  static {
    LiveThreads.watch();
  }

  private final ServerSocket server;
  private final Thread acceptor;
  private final Map<String, Step> steps = new ConcurrentHashMap<>();
  private final List<StubConnection> connections = new CopyOnWriteArrayList<>();

  private StubBridge(InetSocketAddress address) throws IOException {
    server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(address, 200);
    acceptor = Thread.ofVirtual().name("stub-bridge").start(this::run);
  }

  /** A bridge that greets with the version and opens every session; all else is to be scripted. */
  static StubBridge speaking(String version) throws IOException {
    return at(0, version);
  }

  /** As {@link #speaking}, where another one was before. */
  static StubBridge at(int port, String version) throws IOException {
    return at(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), version);
  }

  /** As {@link #speaking}, elsewhere on this machine. */
  static StubBridge at(InetSocketAddress address, String version) throws IOException {
    return new StubBridge(address)
        .on("GET /", CLOSE) // a client that hears nonsense asks whether this is a web server
        .on("HELLO VERSION", reply("HELLO REPLY RESULT=OK VERSION=" + version + "\n"))
        .on(
            "SESSION CREATE",
            (connection, line) -> connection.send("SESSION STATUS RESULT=OK DESTINATION="
                + line.replaceFirst(".* DESTINATION=(\\S+).*", "$1") + "\n"));
  }

  static Step reply(String text) {
    return (connection, line) -> connection.send(text);
  }

  /** The port of a bridge that was just closed: nobody listens there. */
  static int deadPort() throws IOException {
    try (ServerSocket gone =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return gone.getLocalPort();
    }
  }

  StubBridge on(String prefix, Step step) {
    steps.put(prefix, step);
    return this;
  }

  /** One accept at a time keeps transcripts simple. */
  URI uri() {
    return uri(1);
  }

  URI uri(int accepts) {
    return URI.create(
        SamAt.of(server.getInetAddress().getHostAddress(), port()) + "?accepts=" + accepts);
  }

  int port() {
    return server.getLocalPort();
  }

  List<StubConnection> connections() {
    return connections;
  }

  /** Connections on which a line with this beginning came. */
  List<StubConnection> connections(String prefix) {
    return connections.stream()
        .filter(c -> c.lines().stream().anyMatch(l -> l.startsWith(prefix)))
        .toList();
  }

  StubConnection awaitConnection(String prefix) {
    await("a connection with " + prefix, () -> !connections(prefix).isEmpty());
    return connections(prefix).getFirst();
  }

  /** The last connection with such a line, once the script answered it: what the test sends comes behind that. */
  StubConnection awaitAnswered(String prefix) {
    awaitConnection(prefix);
    await("the answer to " + prefix, () -> connections(prefix).getLast().isAnswered());
    return connections(prefix).getLast();
  }

  /** Every line that any client sent, in the order of connections. */
  Stream<String> lines() {
    return connections.stream().flatMap(connection -> connection.lines().stream());
  }

  /** Waits until the client has let go of every connection, and fails where it does not. */
  void awaitAllClosed() {
    await(
        () -> "the client to close every connection; open: "
            + connections.stream()
                .filter(connection -> !connection.clientEnded())
                .map(StubConnection::lines)
                .toList(),
        () -> connections.stream().allMatch(StubConnection::clientEnded));
  }

  /** Polls without sleeping: what it waits for happens on other threads. */
  static void await(String what, BooleanSupplier condition) {
    await(() -> what, condition);
  }

  /** As {@link #await(String, BooleanSupplier)}; what is missing is known at the end. */
  static void await(Supplier<String> what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain for " + what.get());
      }
      Thread.yield();
    }
  }

  /** Takes no connection any more; those that it has stay. */
  void stopListening() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // until it has noticed, the kernel may still take connections
    await("the bridge to stop", () -> !acceptor.isAlive());
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

  private void take(StubConnection connection, String line)
      throws IOException, InterruptedException {
    Step step = steps.entrySet().stream()
        .filter(entry -> line.startsWith(entry.getKey()))
        .max(Map.Entry.comparingByKey(java.util.Comparator.comparingInt(String::length)))
        .orElseThrow(() -> new IllegalStateException("not in the script: " + line))
        .getValue();
    step.take(connection, line);
  }
}
