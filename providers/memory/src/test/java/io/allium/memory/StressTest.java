package io.allium.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.ConnectOptions;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.SessionStatus;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many threads that connect, accept, interrupt, cancel and close at random. What a program relies on holds all the same:
 * a stream that ended cleanly carried every byte, counters add up, and failures have the kinds that are documented.
 */
class StressTest {
  private static final int CLIENTS = 16;
  private static final int ROUNDS = 150;
  private static final int MAX_BYTES = 40_000;

  /** What may happen to somebody who is interrupted, cancelled, reset or too late here. */
  private static final Set<ErrorKind> EXPECTED = EnumSet.of(
      ErrorKind.INTERRUPTED,
      ErrorKind.CLOSED,
      ErrorKind.PEER_RESET,
      ErrorKind.PEER_REFUSED,
      ErrorKind.TIMEOUT);

  private final AtomicLong connects = new AtomicLong();
  private final AtomicLong accepts = new AtomicLong();
  private final AtomicLong clean = new AtomicLong();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatProgramsRelyOnHolds(long seed) throws Exception {
    Faults faults = seed == 1
        ? Faults.none()
        : Faults.none()
            .withLatency(Duration.ofNanos(50_000), Duration.ofNanos(500_000))
            .withLoss(0.02, Duration.ofMillis(1))
            .withReset(seed == 3 ? 0.005 : 0);
    try (MemoryNetwork network =
            MemoryNetwork.builder().seed(seed).faults(faults).build();
        I2p i2p = I2p.connect(network.uri());
        I2pSession client = i2p.open();
        I2pSession server = i2p.open()) {
      I2pAcceptor acceptor = server.listen(0);
      List<Async<?>> servers = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Random chance = new Random(seed * 1000 + i);
        servers.add(Async.start(() -> serve(acceptor, chance)));
      }
      List<Async<?>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Random chance = new Random(seed * 2000 + i);
        clients.add(Async.start(() -> use(client, I2pAddress.of(server.destination(), 0), chance)));
      }
      for (Async<?> one : clients) {
        one.get();
      }
      acceptor.close();
      for (Async<?> one : servers) {
        one.get();
      }
      // a stream whose peer has given it up may still be on its way to be refused
      Async.await(() -> settled(client.status(), server.status()));
      check(client.status(), server.status());
    }
  }

  private static boolean settled(SessionStatus client, SessionStatus server) {
    return server.openStreams() == 0 && server.accepted() + server.refused() >= client.connected();
  }

  private void check(SessionStatus client, SessionStatus server) {
    assertThat(clean.get()).as("streams that ended cleanly").isGreaterThan(CLIENTS * ROUNDS / 4);
    assertThat(client.connected()).isEqualTo(connects.get());
    assertThat(server.accepted()).isEqualTo(accepts.get());
    assertThat(server.waiting()).isZero();
    assertThat(client.openStreams()).isZero();
    assertThat(server.openStreams()).isZero();
    assertThat(server.accepted() + server.refused()).isGreaterThanOrEqualTo(client.connected());
  }

  private @Nullable Void use(I2pSession session, I2pAddress to, Random chance) throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      if (chance.nextInt(8) == 0) {
        Thread.currentThread().interrupt();
      }
      ConnectOptions options = ConnectOptions.builder()
          .timeout(Duration.ofMillis(chance.nextInt(8) == 0 ? 1 : 5000))
          .build();
      try (I2pStream stream = session.connect(to, options)) {
        connects.incrementAndGet();
        byte[] sent = new byte[1 + chance.nextInt(MAX_BYTES)];
        chance.nextBytes(sent);
        DataOutputStream out = new DataOutputStream(stream.output());
        out.writeInt(sent.length);
        if (chance.nextInt(8) == 0) {
          stream.cancel();
        }
        out.write(sent);
        if (chance.nextInt(8) == 0) {
          Thread.currentThread().interrupt();
        }
        stream.shutdownOutput();
        assertThat(stream.input().readAllBytes()).isEqualTo(sent);
        clean.incrementAndGet();
      } catch (I2pException e) {
        assertThat(EXPECTED).contains(e.kind());
      } finally {
        Thread.interrupted();
      }
    }
    return null;
  }

  private @Nullable Void serve(I2pAcceptor acceptor, Random chance) throws IOException {
    while (true) {
      if (chance.nextInt(10) == 0) {
        Thread.currentThread().interrupt();
      }
      I2pStream accepted;
      try {
        accepted = acceptor.accept(Duration.ofMillis(1 + chance.nextInt(20)));
        accepts.incrementAndGet();
      } catch (I2pException e) {
        assertThat(EXPECTED).contains(e.kind());
        Thread.interrupted();
        if (e.kind() == ErrorKind.CLOSED) {
          return null;
        }
        continue;
      }
      try (I2pStream stream = accepted) {
        DataInputStream in = new DataInputStream(stream.input());
        byte[] received = new byte[in.readInt()];
        in.readFully(received);
        if (chance.nextInt(12) == 0) {
          stream.cancel();
        }
        stream.output().write(received);
        assertThat(in.read()).isEqualTo(-1);
      } catch (I2pException e) {
        assertThat(EXPECTED).contains(e.kind());
      }
    }
  }
}
