package io.allium.i2cp;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.ErrorKind;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Protocol;
import io.allium.tck.Pair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Interrupts at random moments, in all that waits without a stream: only the call is abandoned, and nothing is left behind. */
class InterruptTest {
  private static final int INTERRUPTS = 1000;
  private static final long MAX_DELAY_NANOS = 400_000;
  private static final DatagramOptions SIGNED = DatagramOptions.of(Protocol.DATAGRAM, 0);

  /** What is interrupted. */
  private enum Wait {
    OPEN,
    CLOSE,
    SEND,
    RECEIVE,
    RESOLVE
  }

  @AfterAll
  static void noThreadIsLeft() {
    LiveThreads.awaitNone();
  }

  @Test
  void interruptsAtRandomMomentsAbandonOnlyTheirCall() throws Exception {
    long seed = Long.getLong("allium.seed", ThreadLocalRandom.current().nextLong());
    try (StubSubject subject = new StubSubject()) {
      interruptAll(subject, new Random(seed));
    } catch (Exception | AssertionError e) {
      throw new AssertionError("with -Dallium.seed=" + seed, e);
    }
  }

  private static void interruptAll(StubSubject subject, Random chance) throws Exception {
    try (Pair pair = subject.pair();
        DatagramPort client = pair.client().datagrams(SIGNED);
        DatagramPort server = pair.server().datagrams(SIGNED)) {
      for (int i = 0; i < INTERRUPTS; i++) {
        switch (Wait.values()[chance.nextInt(Wait.values().length)]) {
          case OPEN -> {
            interrupted(chance, () -> subject.client().open(subject.config().build()))
                .ifPresent(I2pSession::close);
          }
          case CLOSE -> {
            I2pSession session = subject.client().open(subject.config().build());
            interrupted(chance, () -> session.close(Duration.ofSeconds(30)));
            assertThat(session.status().state()).isEqualTo(io.allium.SessionStatus.State.CLOSED);
          }
          case SEND -> interruptSend(pair, client, server, chance);
          case RECEIVE -> interruptReceive(pair, client, server, chance);
          case RESOLVE -> {
            interrupted(
                    chance,
                    () -> subject.client().resolve(pair.server().destination().base32()))
                .ifPresent(found ->
                    assertThat(found.destination()).isEqualTo(pair.server().destination()));
          }
        }
      }
      deliver(pair, client, server, -1, null);
      assertThat(pair.client().status().recovered()).isZero();
      assertThat(pair.server().status().recovered()).isZero();
      assertThat(server.dropped()).isZero();
    }
  }

  /** What was sent before the interrupt arrives whole, and no message is cut: the router would end the session. */
  private static void interruptSend(
      Pair pair, DatagramPort client, DatagramPort server, Random chance) throws Exception {
    byte[] large = new byte[client.maxPayload()];
    interrupted(chance, () -> {
      while (true) {
        client.send(Fixture.at(pair.server()), large);
        server.receive(Duration.ofSeconds(30));
      }
    });
    deliver(pair, client, server, chance.nextLong(), large);
  }

  /** What came while its receive was interrupted is the next one's. */
  private static void interruptReceive(
      Pair pair, DatagramPort client, DatagramPort server, Random chance) throws Exception {
    long id = chance.nextLong();
    FutureTask<Boolean> send = new FutureTask<>(() -> {
      client.send(Fixture.at(pair.server()), bytes(id));
      return true;
    });
    Thread.ofVirtual().name("test").start(send);
    Optional<I2pDatagram> first = interrupted(chance, server::receive);
    assertThat(send.get(30, TimeUnit.SECONDS)).isTrue();
    I2pDatagram arrived = first.isPresent() ? first.get() : server.receive(Duration.ofSeconds(30));
    assertThat(arrived.payload()).isEqualTo(bytes(id));
  }

  private static byte[] bytes(long id) {
    return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
  }

  /** Passes over what was sent before. */
  private static void deliver(
      Pair pair,
      DatagramPort client,
      DatagramPort server,
      long id,
      byte @org.jspecify.annotations.Nullable [] before)
      throws I2pException {
    client.send(Fixture.at(pair.server()), bytes(id));
    I2pDatagram arrived = server.receive(Duration.ofSeconds(30));
    while (before != null && java.util.Arrays.equals(arrived.payload(), before)) {
      arrived = server.receive(Duration.ofSeconds(30));
    }
    assertThat(arrived.payload()).isEqualTo(bytes(id));
  }

  private interface Body<T> {
    T run() throws IOException;
  }

  /** What it yields, or nothing if the interrupt was in time. */
  private static <T> Optional<T> interrupted(Random chance, Body<T> body) throws Exception {
    FutureTask<Optional<T>> task = new FutureTask<>(() -> {
      try {
        return Optional.of(body.run());
      } catch (I2pException e) {
        assertThat(e.kind()).as("%s", e).isEqualTo(ErrorKind.INTERRUPTED);
        assertThat(Thread.currentThread().isInterrupted())
            .as("the flag is kept")
            .isTrue();
        return Optional.empty();
      }
    });
    Thread thread = chance.nextBoolean()
        ? Thread.ofVirtual().name("test").start(task)
        : Thread.ofPlatform().daemon().name("test").start(task);
    long moment = System.nanoTime() + chance.nextLong(MAX_DELAY_NANOS);
    while (System.nanoTime() - moment < 0) {
      Thread.onSpinWait();
    }
    thread.interrupt();
    return task.get(30, TimeUnit.SECONDS);
  }
}
