package io.allium.memory;

import static io.allium.memory.ManualClockTest.kind;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DatagramFormat;
import io.allium.DatagramOptions;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.Protocol;
import io.allium.SendOptions;
import io.allium.spi.Call;
import io.allium.spi.DatagramQueue;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to datagrams on the way, by a clock that the test moves. */
class DatagramFaultTest {
  private static final Faults ROUGH = Faults.none()
      .withLatency(Duration.ofMillis(40), Duration.ofMillis(30))
      .withLoss(0.3, Duration.ofMillis(500));
  private static final Set<Protocol> ALL = Set.of(Protocol.DATAGRAM, Protocol.RAW);
  private static final SendOptions PLAIN = SendOptions.defaults();
  private static final DestinationKeys CLIENT = DestinationKeys.generate();
  private static final DestinationKeys SERVER = DestinationKeys.generate();
  private static final int COUNT = 200;
  private static final int FLOOD = 100_000;

  /** Two sessions of a network, and a raw port of each. */
  private static final class Line implements AutoCloseable {
    final MemoryNetwork network;
    final MemorySession client;
    final MemorySession server;
    final MemoryDatagrams from;
    final MemoryDatagrams to;

    Line(long seed, Faults faults) throws Exception {
      network = MemoryNetwork.builder().seed(seed).faults(faults).manualClock().build();
      client = online(CLIENT);
      server = online(SERVER);
      from = port(client, DatagramFormat.RAW, 1);
      to = port(server, DatagramFormat.RAW, 0);
    }

    private MemorySession online(DestinationKeys keys) throws Exception {
      return (MemorySession) network.online("", keys.destination(), ALL, false, lost -> {});
    }

    static MemoryDatagrams port(MemorySession session, DatagramFormat format, int port)
        throws I2pException {
      return (MemoryDatagrams) session.datagrams(DatagramOptions.of(format, port), new Call());
    }

    void send(MemoryDatagrams port, SendOptions how, byte... payload) throws I2pException {
      port.send(SERVER.destination(), ByteBuffer.wrap(payload), how);
    }

    List<I2pDatagram> arrived() throws Exception {
      List<I2pDatagram> all = new ArrayList<>();
      while (to.waiting() > 0) {
        all.add(to.receive(new Call()));
      }
      return all;
    }

    @Override
    public void close() {
      network.close();
    }
  }

  @Test
  void theSameSeedReplaysAndAnotherDoesNot() throws Exception {
    List<String> first = trace(7, false);
    assertThat(trace(7, false)).isEqualTo(first);
    assertThat(trace(8, false)).isNotEqualTo(first);
    assertThat(first).as("lost for good").hasSizeBetween(COUNT / 2, COUNT * 9 / 10);
    List<String> order = first.stream().map(line -> line.substring(4)).toList();
    assertThat(order)
        .as("some overtake others")
        .isNotEqualTo(order.stream().sorted().toList());
    assertThat(first.getFirst()).as("none before the latency").isGreaterThanOrEqualTo("40");
    assertThat(first.getLast()).as("none after latency and jitter").isLessThan("71");
  }

  @Test
  void datagramsOfAnotherPortChangeNothing() throws Exception {
    assertThat(trace(7, true)).isEqualTo(trace(7, false));
  }

  /** What arrives, in order, with the millisecond. */
  private static List<String> trace(long seed, boolean withNoise) throws Exception {
    List<String> trace = new ArrayList<>();
    try (Line line = new Line(seed, ROUGH)) {
      MemoryDatagrams noise = Line.port(line.client, DatagramFormat.REPLIABLE, 1);
      for (int i = 0; i < COUNT; i++) {
        if (withNoise) {
          line.send(noise, PLAIN, (byte) 1);
        }
        line.send(line.from, PLAIN, (byte) i);
      }
      for (int millis = 0; millis <= 1000; millis++) {
        for (I2pDatagram datagram : line.arrived()) {
          trace.add("%02d: %03d".formatted(millis, datagram.payload()[0] & 0xff));
        }
        line.network.advance(Duration.ofMillis(1));
      }
    }
    return trace;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, MemoryDatagrams.MAX_RAW})
  void aFloodUnderWayIsBounded(int size) throws Exception {
    try (Line line = new Line(1, Faults.none().withLatency(Duration.ofHours(1), Duration.ZERO))) {
      byte[] payload = new byte[size];
      for (int i = 0; i < FLOOD; i++) {
        line.send(line.from, PLAIN, payload);
      }
      int fit = (int) Math.min(DatagramTransit.MAX_DATAGRAMS, DatagramTransit.MAX_BYTES / size);
      assertThat(line.server.datagramsUnderWay()).isEqualTo(fit);
      line.network.advance(Duration.ofHours(1));
      assertThat(line.server.datagramsUnderWay()).isZero();
      assertThat(line.arrived()).hasSize(fit);
      line.send(line.from, PLAIN, payload);
      line.network.advance(Duration.ofHours(1));
      assertThat(line.arrived()).as("there is room again").hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, MemoryDatagrams.MAX_RAW})
  void everyDatagramOfAFloodIsKeptOrCounted(int size) throws Exception {
    try (Line line = new Line(1, Faults.none())) {
      byte[] payload = new byte[size];
      for (int i = 0; i < FLOOD; i++) {
        line.send(line.from, PLAIN, payload);
      }
      long fit = Math.min(DatagramQueue.MAX_DATAGRAMS, DatagramQueue.MAX_BYTES / size);
      assertThat(line.to.waiting()).isEqualTo((int) fit);
      assertThat(line.to.dropped()).isEqualTo(FLOOD - fit);
    }
  }

  @Test
  void aDatagramThatExpiresOnTheWayIsLost() throws Exception {
    try (Line line = new Line(1, Faults.none().withLatency(Duration.ofSeconds(5), Duration.ZERO))) {
      line.send(line.from, PLAIN.withExpires(Duration.ofSeconds(4)), (byte) 4);
      line.send(line.from, PLAIN.withExpires(Duration.ofSeconds(5)), (byte) 5);
      line.send(line.from, PLAIN.withExpires(ChronoUnit.FOREVER.getDuration()), (byte) 6);
      line.network.advance(Duration.ofSeconds(5));
      assertThat(line.arrived())
          .extracting(arrived -> arrived.payload()[0])
          .containsExactly((byte) 5, (byte) 6);
    }
  }

  @Test
  void nothingArrivesAtAPortThatOpensAfterTheSessionCameBack() throws Exception {
    try (Line line = new Line(1, Faults.none().withLatency(Duration.ofSeconds(5), Duration.ZERO))) {
      line.send(line.from, PLAIN, (byte) 1);
      line.server.close();
      assertThat(line.server.datagramsUnderWay()).isZero();
      MemorySession again = line.online(SERVER);
      MemoryDatagrams port = Line.port(again, DatagramFormat.RAW, 0);
      line.network.advance(Duration.ofSeconds(5));
      assertThat(port.waiting()).isZero();
    }
  }

  @Test
  void anInterruptedReceiveLosesNothing() throws Exception {
    try (Line line = new Line(1, Faults.none())) {
      int received = 0;
      for (int i = 0; i < 2000; i++) {
        Async<I2pDatagram> receive = Async.start(() -> line.to.receive(new Call()));
        Async<Boolean> send = Async.start(() -> {
          line.from.send(SERVER.destination(), ByteBuffer.allocate(1), PLAIN);
          return true;
        });
        receive.interrupt();
        assertThat(send.get()).isTrue();
        try {
          receive.get();
          received++;
        } catch (InterruptedException abandoned) {
          assertThat(line.to.waiting()).isPositive();
        }
      }
      assertThat(received + line.to.waiting()).isEqualTo(2000);
    }
  }

  @Test
  void aRestartLosesTheSessionForItsPorts() throws Exception {
    try (Line line = new Line(1, Faults.none())) {
      Async<I2pDatagram> receive =
          Async.start(() -> line.to.receive(new Call())).blocked();
      line.network.restart();
      assertThat(receive.kind()).isEqualTo(ErrorKind.SESSION_LOST);
      assertThat(kind(() -> line.to.receive(new Call()))).isEqualTo(ErrorKind.SESSION_LOST);
      assertThat(kind(() -> {
            line.send(line.from, PLAIN, (byte) 1);
            return 0;
          }))
          .isEqualTo(ErrorKind.SESSION_LOST);
      assertThat(kind(() -> Line.port(line.client, DatagramFormat.RAW, 9)))
          .isEqualTo(ErrorKind.SESSION_LOST);
    }
  }

  /** Datagram specification, "Datagram1": it has no room for an offline signature. */
  @Test
  void offlineKeysSignNoRepliableDatagrams() throws Exception {
    try (MemoryNetwork network = MemoryNetwork.create()) {
      Set<Protocol> both = Set.of(Protocol.DATAGRAM, Protocol.DATAGRAM2);
      var session =
          (MemorySession) network.online("", CLIENT.destination(), both, true, lost -> {});
      assertThat(kind(() -> Line.port(session, DatagramFormat.REPLIABLE, 0)))
          .isEqualTo(ErrorKind.UNSUPPORTED);
      assertThat(Line.port(session, DatagramFormat.DATAGRAM2, 0).maxPayload()).isEqualTo(31_744);
      assertThat(kind(() -> session.connect(SERVER.destination(), 0, 0, new Call())))
          .as("no streams here")
          .isEqualTo(ErrorKind.UNSUPPORTED);
    }
  }
}
