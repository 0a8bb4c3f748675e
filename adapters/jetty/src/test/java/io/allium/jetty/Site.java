package io.allium.jetty;

import io.allium.Capability;
import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.ServeOptions;
import io.allium.memory.MemoryNetwork;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** A Jetty server on a network in memory, and a client's session. */
final class Site implements AutoCloseable {
  final MemoryNetwork network;
  final I2p i2p;
  final I2pSession here;
  final I2pSession client;
  final Server server = new Server(new VirtualThreadPool());
  final I2pConnector connector;
  private final Semaphore ends = new Semaphore(0);

  Site(ServeOptions options, Capability... missing) throws IOException {
    MemoryNetwork.Builder builder = MemoryNetwork.builder();
    for (Capability capability : missing) {
      builder.without(capability);
    }
    network = builder.build();
    i2p = I2p.connect(network.uri());
    here = i2p.open();
    client = i2p.open();
    connector = new I2pConnector(server, here, 0, options);
    connector.addEventListener(new Connection.Listener() {
      @Override
      public void onClosed(Connection connection) {
        ends.release();
      }
    });
    server.addConnector(connector);
  }

  Site serving(Handler handler) throws Exception {
    server.setHandler(handler);
    server.start();
    return this;
  }

  Peer peer() throws IOException {
    return Peer.of(client, here);
  }

  /** Waits until so many more connections of the server have ended. */
  void awaitEnds(int count) throws InterruptedException {
    ends.acquire(count);
  }

  /** Where the session ended the connections: one is told before its connector forgets it. */
  void awaitNoEndPoints() throws InterruptedException {
    while (!connector.getConnectedEndPoints().isEmpty()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("left: " + connector.getConnectedEndPoints());
      }
      Thread.yield();
    }
  }

  /** A connection that begins now and has no request is ended by the idle timeout. */
  void awaitIdleTimeout() throws IOException {
    try (Peer idle = peer()) {
      idle.rest();
    }
  }

  @Override
  public void close() throws Exception {
    server.stop();
    i2p.close();
    network.close();
  }
}
