package io.allium.memory;

import io.allium.DatagramOptions;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.SessionConfig;
import io.allium.tck.Pair;
import io.allium.tck.Subject;
import java.time.Duration;

/** Two routers of a network in memory. */
final class MemorySubject implements Subject {
  private final MemoryNetwork network;
  private final I2p client;
  private final I2p server;

  MemorySubject(Faults faults) throws I2pException {
    this(MemoryNetwork.builder().seed(1).faults(faults));
  }

  MemorySubject(MemoryNetwork.Builder builder) throws I2pException {
    network = builder.build();
    client = I2p.connect(network.router("client"));
    server = I2p.connect(network.router("server"));
  }

  void restartServer() {
    network.restart("server");
  }

  @Override
  public String provider() {
    return "memory";
  }

  @Override
  public I2p client() {
    return client;
  }

  @Override
  public I2p server() {
    return server;
  }

  @Override
  public SessionConfig.Builder config() {
    return SessionConfig.builder();
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(20);
  }

  @Override
  public int manyStreams() {
    return 1000;
  }

  @Override
  public int manyDatagrams() {
    return DatagramOptions.MAX_WAITING + 1000;
  }

  @Override
  public long maxBuffered() {
    return 2L * Pipe.CAPACITY;
  }

  @Override
  public Pair pair() throws I2pException {
    return new Pair(client.open(config().build()), server.open(config().build()));
  }

  @Override
  public void close() {
    client.close();
    server.close();
    network.close();
  }
}
