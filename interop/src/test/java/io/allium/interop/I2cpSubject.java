package io.allium.interop;

import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Protocol;
import io.allium.SessionConfig;
import io.allium.SignatureType;
import io.allium.tck.Pair;
import io.allium.tck.Subject;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** The I2CP provider on two routers of a network. */
final class I2cpSubject implements Subject {
  static final Map<String, String> I2PD_DEVIATIONS = Map.of();

  private static final byte[] GREETING = new byte[100];
  private static final Duration RESEND = Duration.ofMillis(500);

  private final String provider;
  private final int hops;
  private final Map<String, String> deviations;
  private final I2p client;
  private final I2p server;

  private I2cpSubject(
      String provider, URI client, URI server, int hops, Map<String, String> deviations)
      throws I2pException {
    this.provider = provider;
    this.hops = hops;
    this.deviations = deviations;
    this.client = I2p.connect(client);
    this.server = I2p.connect(server);
  }

  static I2cpSubject onI2pd(TestNet net) throws I2pException {
    return new I2cpSubject("i2cp on i2pd", net.i2cp(0), net.i2cp(1), 0, I2PD_DEVIATIONS);
  }

  /** With no hop, Java routers do not find each other's lease sets. */
  static I2cpSubject onJava(InetSocketAddress client, InetSocketAddress server)
      throws I2pException {
    return new I2cpSubject("i2cp on Java I2P", uri(client), uri(server), 1, Map.of());
  }

  private static URI uri(InetSocketAddress at) {
    return URI.create("i2cp://127.0.0.1:" + at.getPort());
  }

  @Override
  public String provider() {
    return provider;
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
    return SessionConfig.builder()
        .protocols(Protocol.DATAGRAM)
        .tunnelLength(hops, hops)
        .tunnelQuantity(2, 2);
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(60);
  }

  @Override
  public int manyStreams() {
    return 100;
  }

  /** Both routers queue few hundred messages of one client, and drop the rest. */
  @Override
  public int manyDatagrams() {
    return 100;
  }

  @Override
  public long maxBuffered() {
    return 1L << 20;
  }

  /** Signing with them is not constant in time in this Java runtime. */
  @Override
  public Set<SignatureType> refusedTypes() {
    return Set.of(SignatureType.RED25519);
  }

  @Override
  public Map<String, String> deviations() {
    return deviations;
  }

  @Override
  public Pair pair() throws I2pException {
    return pair(Protocol.DATAGRAM);
  }

  /** Datagrams have gone both ways already: a lease set is on its way for some seconds. */
  @Override
  public Pair pair(Protocol first, Protocol... more) throws I2pException {
    Pair pair = Subject.super.pair(first, more);
    try (DatagramPort client = pair.client().datagrams(DatagramOptions.of(first, 0));
        DatagramPort server = pair.server().datagrams(DatagramOptions.of(first, 0))) {
      greet(client, pair.server(), server);
      greet(server, pair.client(), client);
      return pair;
    } catch (I2pException e) {
      pair.close();
      throw e;
    }
  }

  private void greet(DatagramPort from, I2pSession to, DatagramPort at) throws I2pException {
    long end = System.nanoTime() + patience().toNanos();
    while (true) {
      from.send(I2pAddress.of(to.destination(), 0), GREETING);
      try {
        at.receive(RESEND);
        return;
      } catch (I2pException e) {
        if (e.kind() != ErrorKind.TIMEOUT || System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }

  @Override
  public void close() {
    client.close(Duration.ZERO);
    server.close(Duration.ZERO);
  }
}
