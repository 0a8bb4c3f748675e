package io.allium.interop;

import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Protocol;
import io.allium.Recovery;
import io.allium.SessionConfig;
import io.allium.tck.Pair;
import io.allium.tck.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** The SAM provider on two routers of a network of i2pd. */
final class I2pdSubject implements Subject {
  /** What windows and queues between two programs may hold at most. */
  static final long MAX_BUFFERED = 32L << 20;

  /** Each has a test in {@link I2pdWitnessTest} that shows it without Allium. */
  static final Map<String, String> DEVIATIONS = Map.of(
      "oneDestinationIsOnlineOnce", "i2pd opens a second session with the same keys",
      "aWriterWaitsForItsReaderAndLosesNothing",
          "i2pd takes and keeps whatever a reader does not read",
      "aWriteTimeoutClosesTheStream", "i2pd takes and keeps whatever a reader does not read");

  private static final Duration TRY = Duration.ofSeconds(3);
  private static final int TRIES = 40;

  /** Two of them are two seconds for a router at forty times the clock. */
  private static final Duration RESEND = Duration.ofMillis(25);

  private static final byte[] GREETING = new byte[100];

  private final int hops;
  private Recovery recovery = Recovery.ON;
  private final I2p client;
  private final I2p server;

  I2pdSubject(TestNet net, int hops) throws I2pException {
    this(net, hops, "");
  }

  /** With settings behind the addresses of the routers. */
  I2pdSubject(TestNet net, int hops, String query) throws I2pException {
    this.hops = hops;
    client = I2p.connect(net.router(0) + query);
    server = I2p.connect(net.router(1) + query);
  }

  /** For tests of sessions that end with their loss. */
  I2pdSubject withoutRecovery() {
    recovery = Recovery.NONE;
    return this;
  }

  @Override
  public String provider() {
    return "sam on i2pd";
  }

  @Override
  public I2p client() {
    return client;
  }

  @Override
  public I2p server() {
    return server;
  }

  /** With fewer tunnels, i2pd more often fails to publish a session. */
  @Override
  public SessionConfig.Builder config() {
    return SessionConfig.builder().tunnelLength(hops, hops).tunnelQuantity(5, 5).recovery(recovery);
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(40);
  }

  @Override
  public int manyStreams() {
    return 100;
  }

  /** A burst that overflows its queues can end a session: its receiver looks ahead 800 keys, one for each datagram. */
  @Override
  public int manyDatagrams() {
    return 100;
  }

  @Override
  public long maxBuffered() {
    return MAX_BUFFERED;
  }

  /** On a busy machine, where its clock is too fast for its own time-outs. */
  @Override
  public int lostStreams() {
    return 2;
  }

  /** It loses raw datagrams of one or two bytes: {@link I2pdDatagramWitnessTest} shows it without Allium. */
  @Override
  public int smallestPayload(Protocol format) {
    return format == Protocol.RAW ? 3 : 1;
  }

  @Override
  public Map<String, String> deviations() {
    return DEVIATIONS;
  }

  /** A session that i2pd failed to publish stays unreachable for minutes, so a new one is opened. */
  @Override
  public Pair pair() throws I2pException {
    I2pSession ours = client.open(config().build());
    try {
      for (int i = 0; i < TRIES; i++) {
        I2pSession theirs = server.open(config().build());
        if (reachable(new Pair(ours, theirs))) {
          return new Pair(ours, theirs);
        }
        theirs.close(Duration.ZERO);
      }
    } catch (I2pException e) {
      ours.close(Duration.ZERO);
      throw e;
    }
    ours.close(Duration.ZERO);
    throw new IllegalStateException("two sessions of this network never reached each other");
  }

  /** Datagrams have gone both ways already: until then i2pd thins them out or, after a pause, delivers no more. */
  @Override
  public Pair pair(Protocol first, Protocol... more) throws I2pException {
    for (int i = 0; i < TRIES; i++) {
      Pair pair = Subject.super.pair(first, more);
      if (first == Protocol.STREAM || acquainted(pair, first)) {
        return pair;
      }
      pair.close();
    }
    throw new IllegalStateException("two sessions of this network never heard each other");
  }

  private static boolean acquainted(Pair pair, Protocol protocol) throws I2pException {
    Protocol format = protocol == Protocol.RAW ? Protocol.RAW : Protocol.DATAGRAM;
    try (DatagramPort client = pair.client().datagrams(DatagramOptions.of(format, 0));
        DatagramPort server = pair.server().datagrams(DatagramOptions.of(format, 0))) {
      return heard(client, pair.server(), server)
          && heard(server, pair.client(), client)
          && heard(client, pair.server(), server)
          && heard(server, pair.client(), client);
    }
  }

  private static boolean heard(DatagramPort from, I2pSession to, DatagramPort at)
      throws I2pException {
    for (long end = System.nanoTime() + TRY.toNanos(); System.nanoTime() < end; ) {
      from.send(I2pAddress.of(to.destination(), 0), GREETING);
      try {
        at.receive(RESEND);
        return true;
      } catch (I2pException e) {
        if (e.kind() != ErrorKind.TIMEOUT) {
          throw e;
        }
      }
    }
    return false;
  }

  private static boolean reachable(Pair pair) {
    try (I2pAcceptor acceptor = pair.server().listen(0)) {
      pair.open(acceptor, TRY).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    client.close(Duration.ZERO);
    server.close(Duration.ZERO);
  }
}
