package io.allium.memory;

import static io.allium.memory.ManualClockTest.kind;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAddress;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Protocol;
import io.allium.SendOptions;
import io.allium.SessionConfig;
import io.allium.spi.Arrived;
import io.allium.spi.SendRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to datagrams on the way, by a clock that the test moves. */
class DatagramFaultTest {
  private static final Faults ROUGH = Faults.none()
      .withLatency(Duration.ofMillis(40), Duration.ofMillis(30))
      .withLoss(0.3, Duration.ofMillis(500));
  private static final SendOptions PLAIN = SendOptions.defaults();
  private static final DestinationKeys CLIENT = DestinationKeys.generate();
  private static final DestinationKeys SERVER = DestinationKeys.generate();
  private static final int COUNT = 200;
  private static final int FLOOD = 10_000;

  /** Two sessions of a network. */
  private static final class Line implements AutoCloseable {
    final MemoryNetwork network;
    final MemoryRouter router;
    final MemorySession client;
    final MemorySession server;
    final Drivers.Inbox inbox = new Drivers.Inbox();

    Line(long seed, Faults faults) throws Exception {
      network = MemoryNetwork.builder().seed(seed).faults(faults).manualClock().build();
      router = Drivers.router(network);
      client = Drivers.open(router, CLIENT, new Drivers.Inbox(), Protocol.RAW, Protocol.DATAGRAM);
      server = Drivers.open(router, SERVER, inbox, Protocol.RAW, Protocol.DATAGRAM);
    }

    void send(SendOptions how, byte... payload) throws I2pException {
      send(Protocol.RAW, how, payload);
    }

    void send(Protocol protocol, SendOptions how, byte... payload) throws I2pException {
      client.send(new SendRequest(
          protocol, protocol.number(), SERVER.destination(), 1, 0, ByteBuffer.wrap(payload), how));
    }

    /** The content of what arrived, but for what is no raw datagram. */
    List<Byte> arrived() {
      List<Arrived> all = new ArrayList<>();
      inbox.arrived.drainTo(all);
      return all.stream()
          .filter(Arrived.Message.class::isInstance)
          .map(Arrived.Message.class::cast)
          .filter(message -> message.protocol() == Protocol.RAW.number())
          .map(message -> message.payload().get(0))
          .toList();
    }

    @Override
    public void close() {
      router.close(Drivers.noTime());
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
      for (int i = 0; i < COUNT; i++) {
        if (withNoise) {
          line.send(Protocol.DATAGRAM, PLAIN, (byte) 1);
        }
        line.send(PLAIN, (byte) i);
      }
      for (int millis = 0; millis <= 1000; millis++) {
        for (byte content : line.arrived()) {
          trace.add("%02d: %03d".formatted(millis, content & 0xff));
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
        line.send(PLAIN, payload);
      }
      int fit = (int) Math.min(DatagramTransit.MAX_DATAGRAMS, DatagramTransit.MAX_BYTES / size);
      assertThat(line.server.datagrams().underWay()).isEqualTo(fit);
      line.network.advance(Duration.ofHours(1));
      assertThat(line.server.datagrams().underWay()).isZero();
      assertThat(line.arrived()).hasSize(fit);
      line.send(PLAIN, payload);
      line.network.advance(Duration.ofHours(1));
      assertThat(line.arrived()).as("there is room again").hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, MemoryDatagrams.MAX_RAW})
  void everyDatagramOfAFloodIsKeptOrCounted(int size) throws Exception {
    try (MemoryNetwork network = MemoryNetwork.create();
        I2p i2p = I2p.connect(network.uri());
        I2pSession session =
            i2p.open(SessionConfig.builder().protocols(Protocol.RAW).build());
        DatagramPort port = session.datagrams(DatagramOptions.of(Protocol.RAW, 0))) {
      byte[] payload = new byte[size];
      for (int i = 0; i < FLOOD; i++) {
        port.send(I2pAddress.of(session.destination(), 0), payload);
      }
      long fit = Math.min(DatagramOptions.MAX_WAITING, DatagramOptions.MAX_WAITING_BYTES / size);
      assertThat(port.dropped()).isEqualTo(FLOOD - fit);
      for (int i = 0; i < fit; i++) {
        assertThat(port.receive().payload()).hasSize(size);
      }
    }
  }

  @Test
  void aDatagramThatExpiresOnTheWayIsLost() throws Exception {
    try (Line line = new Line(1, Faults.none().withLatency(Duration.ofSeconds(5), Duration.ZERO))) {
      line.send(expiring(Duration.ofSeconds(4)), (byte) 4);
      line.send(expiring(Duration.ofSeconds(5)), (byte) 5);
      line.send(expiring(ChronoUnit.FOREVER.getDuration()), (byte) 6);
      line.network.advance(Duration.ofSeconds(5));
      assertThat(line.arrived()).containsExactly((byte) 5, (byte) 6);
    }
  }

  private static SendOptions expiring(Duration after) {
    return SendOptions.builder().expires(after).build();
  }

  @Test
  void nothingArrivesAtASessionThatCameBack() throws Exception {
    try (Line line = new Line(1, Faults.none().withLatency(Duration.ofSeconds(5), Duration.ZERO))) {
      line.send(PLAIN, (byte) 1);
      line.server.close(Drivers.noTime());
      assertThat(line.server.datagrams().underWay()).isZero();
      Drivers.Inbox again = new Drivers.Inbox();
      Drivers.open(line.router, SERVER, again, Protocol.RAW);
      line.network.advance(Duration.ofSeconds(5));
      assertThat(again.arrived).isEmpty();
      assertThat(line.arrived()).isEmpty();
    }
  }

  @Test
  void anInterruptedReceiveLosesNothing() throws Exception {
    try (MemoryNetwork network = MemoryNetwork.create();
        I2p i2p = I2p.connect(network.uri());
        I2pSession session =
            i2p.open(SessionConfig.builder().protocols(Protocol.RAW).build());
        DatagramPort port = session.datagrams(DatagramOptions.of(Protocol.RAW, 0))) {
      int received = 0;
      for (int i = 0; i < 2000; i++) {
        Async<I2pDatagram> receive = Async.start(port::receive);
        Async<Boolean> send = Async.start(() -> {
          port.send(I2pAddress.of(session.destination(), 0), new byte[1]);
          return true;
        });
        receive.interrupt();
        assertThat(send.get()).isTrue();
        try {
          receive.get();
          received++;
        } catch (I2pException abandoned) {
          assertThat(abandoned.kind()).isEqualTo(ErrorKind.INTERRUPTED);
        }
      }
      while (received < 2000) {
        port.receive();
        received++;
      }
      assertThat(port.dropped()).isZero();
    }
  }

  @Test
  void aRestartLosesTheSessionForItsSender() throws Exception {
    try (Line line = new Line(1, Faults.none())) {
      line.network.restart();
      assertThat(line.inbox.lost.take().kind()).isEqualTo(ErrorKind.SESSION_LOST);
      assertThat(kind(() -> {
            line.send(PLAIN, (byte) 1);
            return 0;
          }))
          .isEqualTo(ErrorKind.SESSION_LOST);
    }
  }

  /** Datagram specification, "Datagram1": it has no room for an offline signature. */
  @Test
  void offlineKeysSignNoRepliableDatagrams() throws Exception {
    try (MemoryNetwork network = MemoryNetwork.builder().signedDatagrams().build();
        I2p i2p = I2p.connect(network.uri());
        DestinationKeys offline = OfflineKeys.generate();
        I2pSession session = i2p.open(SessionConfig.of(offline).toBuilder()
            .protocols(Protocol.DATAGRAM, Protocol.DATAGRAM2)
            .build())) {
      assertThat(kind(() -> session.datagrams(DatagramOptions.of(Protocol.DATAGRAM, 0))))
          .isEqualTo(ErrorKind.UNSUPPORTED);
      try (DatagramPort port = session.datagrams(DatagramOptions.of(Protocol.DATAGRAM2, 0))) {
        assertThat(port.maxPayload()).isEqualTo(31_744);
        port.send(I2pAddress.of(session.destination(), 0), new byte[] {5});
        assertThat(((I2pDatagram.Authenticated) port.receive()).from())
            .isEqualTo(session.destination());
      }
      assertThat(kind(() -> session.connect(session.destination())))
          .as("no streams here")
          .isEqualTo(ErrorKind.UNSUPPORTED);
    }
  }
}
