package io.allium.sam.bridge;

import io.allium.I2p;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * A SAM 3.3 server on loopback over any router of the API. Each connection has a virtual thread. It serves no UDP, no
 * authorization and no subsessions, and trusts its clients not to flood it.
 */
final class TestBridge implements AutoCloseable {
  /** Small, so that a writer soon notices that nobody reads. */
  private static final int SOCKET_BUFFER = 64 * 1024;

  private static final int BACKLOG = 256;

  private final I2p router;
  private final ServerSocket server;
  /** By their identifiers; empty while one opens. */
  private final ConcurrentMap<String, Optional<BridgeSession>> sessions = new ConcurrentHashMap<>();

  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
      Thread.ofVirtual().name("test-bridge-", 0).factory());

  private TestBridge(I2p router, ServerSocket server) {
    this.router = router;
    this.server = server;
  }

  /** Serves until closed; the router stays the caller's. */
  static TestBridge start(I2p router) throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReceiveBufferSize(SOCKET_BUFFER);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    TestBridge bridge = new TestBridge(router, server);
    bridge.threads.execute(bridge::acceptAll);
    return bridge;
  }

  int port() {
    return server.getLocalPort();
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        socket.setSendBufferSize(SOCKET_BUFFER);
        serve(new Connection(socket));
      } catch (IOException | RejectedExecutionException e) {
        // one client was gone before it was served, or the bridge is closed
      }
    }
  }

  private void serve(Connection connection) {
    connections.add(connection);
    if (server.isClosed()) {
      connection.close();
    }
    threads.execute(() -> {
      try {
        new ServedConnection(connection, router, sessions, threads).run();
      } finally {
        connections.remove(connection);
      }
    });
  }

  /** Ends every session, connection and thread, and waits until they have ended. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    connections.forEach(Connection::close);
    threads.shutdownNow();
    threads.close();
  }
}
