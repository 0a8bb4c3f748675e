package io.allium.sam.bridge;

import io.allium.I2p;
import io.allium.I2pException;
import io.allium.SessionConfig;
import io.allium.memory.MemoryNetwork;
import io.allium.tck.Pair;
import io.allium.tck.Subject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** SAM through two bridges, each over a router of one network in memory. */
final class BridgeSubject implements Subject {
  /** What the kernel holds in the sockets of one stream: up to 4 MB at a sender, and there are two connections. */
  private static final long SOCKETS = 32L << 20;

  private final MemoryNetwork network = MemoryNetwork.builder().seed(1).build();
  private final End client;
  private final End server;

  /** A router, the bridge over it, and access to it through the bridge. */
  private record End(I2p router, TestBridge bridge, I2p access) {
    static End of(MemoryNetwork network, String name) throws IOException {
      I2p router = I2p.connect(network.router(name));
      TestBridge bridge = TestBridge.start(router);
      return new End(
          router,
          bridge,
          I2p.connect(URI.create("sam://127.0.0.1:" + bridge.port() + "?datagrams=in-band")));
    }

    void close() {
      access.close(Duration.ZERO);
      bridge.close();
      router.close(Duration.ZERO);
    }
  }

  BridgeSubject() throws IOException {
    client = End.of(network, "client");
    server = End.of(network, "server");
  }

  @Override
  public String provider() {
    return "sam on the test bridge";
  }

  @Override
  public I2p client() {
    return client.access;
  }

  @Override
  public I2p server() {
    return server.access;
  }

  @Override
  public SessionConfig.Builder config() {
    return SessionConfig.builder();
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(45);
  }

  @Override
  public int manyStreams() {
    return 100;
  }

  /** Few, for what the sockets take beyond a full port is read by the tests that follow. */
  @Override
  public int manyDatagrams() {
    return 100;
  }

  @Override
  public long maxBuffered() {
    return SOCKETS;
  }

  @Override
  public Pair pair() throws I2pException {
    return new Pair(client().open(config().build()), server().open(config().build()));
  }

  @Override
  public void close() {
    client.close();
    server.close();
    network.close();
  }
}
