package io.allium.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.Registration;
import io.allium.spi.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chance that replays, whatever the threads do. */
class FaultReplayTest {
  private static final Faults ROUGH = Faults.none()
      .withLatency(Duration.ofMillis(40), Duration.ofMillis(30))
      .withLoss(0.3, Duration.ofMillis(500))
      .withReset(0.01);

  /** More than eight losses together; less than the five seconds that a stream waits for an acceptor. */
  private static final Duration LONGEST = Duration.ofMillis(4500);

  @Test
  void theSameSeedReplaysAndAnotherDoesNot() throws Exception {
    List<String> first = trace(7);
    assertThat(trace(7)).isEqualTo(first);
    assertThat(trace(8)).isNotEqualTo(first);
    assertThat(first)
        .anyMatch(line -> line.endsWith("PEER_RESET"))
        .anyMatch(line -> line.contains("data"));
  }

  /** Streams to two peers, opened in both orders: what happens on a link does not depend on the other. */
  @Test
  void aLinkDoesNotDependOnOtherLinks() throws Exception {
    assertThat(delays(true)).isEqualTo(delays(false));
  }

  @Test
  void messagesAreCutAlikeHoweverTheReaderReads() throws Exception {
    assertThat(messages(1 << 16))
        .isEqualTo(messages(100))
        .isEqualTo(messages(5000))
        .isEqualTo(16);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noMessageOvertakesAnother(long seed) throws Exception {
    Faults faults = Faults.none()
        .withLatency(Duration.ofNanos(100_000), Duration.ofNanos(300_000))
        .withLoss(0.2, Duration.ofMillis(2));
    try (MemoryNetwork network =
            MemoryNetwork.builder().seed(seed).faults(faults).build();
        I2p i2p = I2p.connect(network.uri());
        I2pSession client = i2p.open();
        I2pSession server = i2p.open();
        I2pAcceptor acceptor = server.listen(0);
        I2pStream to = client.connect(I2pAddress.of(server.destination(), 0));
        I2pStream from = acceptor.accept(Duration.ofSeconds(5))) {
      int count = 3000;
      Async<Integer> writer = Async.start(() -> {
        for (int i = 0; i < count; i++) {
          to.output().write(new byte[] {(byte) (i >> 8), (byte) i});
        }
        to.shutdownOutput();
        return count;
      });
      InputStream in = from.input();
      for (int i = 0; i < count; i++) {
        assertThat(in.read() << 8 | in.read()).isEqualTo(i);
      }
      assertThat(in.read()).isEqualTo(-1);
      assertThat(writer.get()).isEqualTo(count);
    }
  }

  private static List<String> trace(long seed) throws Exception {
    List<String> trace = new ArrayList<>();
    try (MemoryNetwork network =
            MemoryNetwork.builder().seed(seed).faults(ROUGH).manualClock().build();
        I2p i2p = I2p.connect(network.uri());
        I2pSession client = i2p.open();
        I2pSession server = i2p.open();
        I2pAcceptor acceptor = server.listen(0)) {
      for (int i = 0; i < 5; i++) {
        I2pStream to = connect(network, client, server);
        I2pStream from = acceptor.accept(Duration.ofSeconds(5));
        try {
          for (int message = 0; message < 40; message++) {
            to.output().write(message);
            trace.add("data after " + millisUntilData(network, from));
            assertThat(from.input().read()).isEqualTo(message);
          }
        } catch (I2pException e) {
          trace.add("failed " + e.kind());
        }
        to.cancel();
        from.cancel();
      }
    }
    return trace;
  }

  private static I2pStream connect(MemoryNetwork network, I2pSession client, I2pSession server)
      throws Exception {
    Async<I2pStream> connect = Async.start(
            () -> client.connect(I2pAddress.of(server.destination(), 0)))
        .blocked();
    // once, for while the other session's threads run, the clock must not run away from them
    network.advance(LONGEST);
    return connect.get();
  }

  private static int millisUntilData(MemoryNetwork network, I2pStream stream) throws IOException {
    int millis = 0;
    while (stream.input().available() == 0 && millis < LONGEST.toMillis()) {
      network.advance(Duration.ofMillis(1));
      millis++;
    }
    return millis;
  }

  private static List<Integer> delays(boolean firstOneFirst) throws Exception {
    Faults faults = Faults.none().withLatency(Duration.ofMillis(10), Duration.ofSeconds(1));
    try (MemoryNetwork network =
            MemoryNetwork.builder().seed(3).faults(faults).manualClock().build();
        I2p i2p = I2p.connect(network.uri());
        I2pSession client = i2p.open();
        I2pSession one = i2p.open();
        I2pSession two = i2p.open()) {
      List<Integer> delays = new ArrayList<>();
      for (I2pSession peer : firstOneFirst ? List.of(one, two) : List.of(two, one)) {
        I2pAcceptor acceptor = peer.listen(0);
        I2pStream to = connect(network, client, peer);
        to.output().write(1);
        delays.add(millisUntilData(network, acceptor.accept()));
      }
      return firstOneFirst ? delays : delays.reversed();
    }
  }

  /** How many messages a quarter of a megabyte is, by a reader that takes so much at once. */
  private static int messages(int atOnce) throws Exception {
    List<Long> scheduled = new ArrayList<>();
    TimeSource atOnceTime = new TimeSource() {
      @Override
      public long nanos() {
        return 0;
      }

      @Override
      public Registration schedule(long delayNanos, Runnable task) {
        scheduled.add(delayNanos);
        task.run();
        return () -> {};
      }
    };
    Faults faults = Faults.none().withLatency(Duration.ofMillis(1), Duration.ZERO);
    Pipe pipe = new Pipe(atOnceTime, new Dice(faults, 1, "link"), () -> {});
    int total = 1 << 18;
    Async<Integer> writer = Async.start(() -> {
          ByteBuffer all = ByteBuffer.wrap(new byte[total]);
          while (all.hasRemaining()) {
            pipe.write(all, 0);
          }
          return total;
        })
        .blocked();
    for (int read = 0; read < total; ) {
      read += pipe.read(ByteBuffer.allocate(atOnce), 0);
    }
    assertThat(writer.get()).isEqualTo(total);
    return scheduled.size();
  }
}
