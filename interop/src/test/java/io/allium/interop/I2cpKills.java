package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAddress;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Protocol;
import io.allium.SessionConfig;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Kills the router of a session again and again: it comes back each time, and peers reach it. */
final class I2cpKills {
  /** By command: {@code -Dallium.kills=20}. */
  static final int COUNT = Integer.getInteger("allium.kills", 2);

  static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration RESEND = Duration.ofSeconds(1);

  interface Router {
    void kill() throws Exception;

    void restart() throws Exception;

    /** Routers remember for minutes that they did not find a lease set: who looks too early waits as long. */
    default void awaitFound(Destination destination) throws Exception {}
  }

  private I2cpKills() {}

  static void survive(URI here, Router router, URI there, int hops) throws Exception {
    SessionConfig config = SessionConfig.builder()
        .protocols(Protocol.DATAGRAM2)
        .tunnelLength(hops, hops)
        .tunnelQuantity(2, 2)
        .build();
    try (I2p i2p = I2p.connect(here);
        I2p elsewhere = I2p.connect(there);
        I2pSession session = i2p.open(config);
        DatagramPort port = session.datagrams(DatagramOptions.of(Protocol.DATAGRAM2, 7))) {
      for (int i = 1; i <= COUNT; i++) {
        router.kill();
        router.restart();
        awaitRecovered(session, i);
        router.awaitFound(session.destination());
        try (I2pSession peer = elsewhere.open(config);
            DatagramPort theirs = peer.datagrams(DatagramOptions.of(Protocol.DATAGRAM2, 7))) {
          deliver(theirs, session, port, i);
          deliver(port, peer, theirs, i);
        }
        System.out.println("kill " + i + " of " + COUNT + " survived");
      }
    }
  }

  private static void awaitRecovered(I2pSession session, int times) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (session.status().recovered() < times) {
      assertThat(System.nanoTime()).as("it did not come back").isLessThan(end);
      Thread.yield();
    }
    assertThat(session.status().recovered()).isEqualTo(times);
  }

  private static void deliver(DatagramPort from, I2pSession to, DatagramPort at, int number)
      throws I2pException {
    byte[] payload = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      from.send(I2pAddress.of(to.destination(), 7), payload);
      try {
        I2pDatagram arrived = at.receive(RESEND);
        if (ByteBuffer.wrap(arrived.payload()).getInt() == number) {
          return;
        }
      } catch (I2pException e) {
        if (e.kind() != ErrorKind.TIMEOUT || System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }
}
