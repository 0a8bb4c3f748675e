package io.allium.memory;

import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.Protocol;
import io.allium.SendOptions;
import io.allium.SessionConfig;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;

/** A server that takes nothing of what peers send, and then serves one who is served like any other. */
final class Flooded {
  private static final int PEERS = 20;
  private static final int CONNECTS = 500;
  private static final int MAX_WAITING = 64;
  private static final int HELD = 50;
  private static final int DATAGRAMS = 300_000;
  private static final int SIZE = 1_000;

  private Flooded() {}

  public static void main(String... args) throws Exception {
    SessionConfig everything =
        SessionConfig.builder().protocols(Protocol.STREAM, Protocol.RAW).build();
    try (I2p i2p = I2p.connect("memory:flood");
        I2pSession server = i2p.open(everything);
        I2pAcceptor busy = server.listen(1);
        I2pAcceptor acceptor = server.listen(2);
        DatagramPort port = server.datagrams(DatagramOptions.of(Protocol.RAW, 0))) {
      CountDownLatch over = new CountDownLatch(PEERS);
      for (int i = 0; i < PEERS; i++) {
        I2pSession peer = i2p.open(everything);
        Thread.ofVirtual().start(() -> {
          connect(peer, server);
          over.countDown(); // or never, and the test fails by its time limit
        });
      }
      over.await();
      I2pSession peer = i2p.open(everything);
      try (DatagramPort source = peer.datagrams(DatagramOptions.of(Protocol.RAW, 0))) {
        I2pAddress address = I2pAddress.of(server.destination(), 0);
        for (int i = 0; i < DATAGRAMS; i++) {
          source.send(address, new byte[SIZE], SendOptions.defaults());
        }
      }
      require(server.status().refused() > PEERS * CONNECTS / 2, "streams were refused");
      require(port.dropped() > DATAGRAMS / 2, "datagrams were dropped");
      require(port.receive(Duration.ofSeconds(1)).payload().length == SIZE, "some are there");
      try (I2pStream ours = peer.connect(acceptor.address());
          I2pStream theirs = acceptor.accept()) {
        require(busy.address().port() == 1, "the flooded port is open");
        ours.output().write('!');
        require(theirs.input().read() == '!', "a stream of another port gets through");
      }
    }
    System.out.println("still here");
  }

  /** Lets go of what the server must have refused by then: this JVM is the peers' as well. */
  private static void connect(I2pSession peer, I2pSession server) {
    I2pAddress to = I2pAddress.of(server.destination(), 1);
    ArrayDeque<I2pStream> held = new ArrayDeque<>();
    for (int i = 0; i < CONNECTS; i++) {
      try {
        held.add(peer.connect(to));
        require(server.status().waiting() <= MAX_WAITING, "few streams wait");
        if (held.size() > HELD) {
          held.remove().cancel();
        }
      } catch (I2pException e) {
        // refused
      }
    }
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalStateException("not so: " + what);
    }
  }
}
