package io.allium.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Known;
import io.allium.Protocol;
import io.allium.Recovery;
import io.allium.SessionConfig;
import io.allium.SessionEvent;
import io.allium.spi.Call;
import io.allium.spi.ConnectRequest;
import io.allium.spi.OpenRequest;
import io.allium.spi.SessionDriver;
import io.allium.spi.SessionSink;
import io.allium.spi.StreamDriver;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** On a slow network several probes are under way when the first one arrives: no program gets the others. */
class LateProbeTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int LATENCY_SECONDS = 3;

  private final MemoryNetwork network = network(LATENCY_SECONDS);

  private static MemoryNetwork network(int latencySeconds) {
    return MemoryNetwork.builder()
        .faults(Faults.none().withLatency(SECOND.multipliedBy(latencySeconds), Duration.ZERO))
        .manualClock()
        .build();
  }

  @Test
  void probesAfterTheFirstAreNobodysDatagrams() throws Exception {
    try (network;
        I2p i2p = I2p.connect(network.uri());
        I2pSession session =
            i2p.open(SessionConfig.builder().protocols(Protocol.RAW).build());
        DatagramPort port = session.datagrams(DatagramOptions.of(Protocol.RAW, 0))) {
      MemorySession driver = Objects.requireNonNull(network.sessions().find(session.destination()));
      Async<Boolean> reachable = Async.start(() -> {
        session.awaitReachable(Duration.ofMinutes(1));
        return true;
      });
      for (int probes = 1; probes <= LATENCY_SECONDS; probes++) {
        int sent = probes;
        Async.await(() -> driver.datagrams().underWay() == sent);
        reachable.blocked();
        network.advance(SECOND);
      }
      assertThat(reachable.get()).isTrue();
      assertThat(driver.datagrams().underWay()).isEqualTo(LATENCY_SECONDS - 1);
      Async<I2pDatagram> receive =
          Async.start(() -> port.receive(Duration.ofMinutes(1))).blocked();
      network.advance(Duration.ofMinutes(1));
      assertThat(receive.kind()).isEqualTo(ErrorKind.TIMEOUT);
    }
  }

  /** The first knock is still under way when its router has given it up, and the second one arrives. */
  @Test
  void aStreamAfterTheFirstIsNobodysStream() throws Exception {
    List<SessionDriver> opened = new CopyOnWriteArrayList<>();
    AtomicInteger knocks = new AtomicInteger();
    try (MemoryNetwork fast = network(0);
        I2p i2p = odd(fast, (session, sink) -> {
          opened.add(session);
          return new OddRouter.OddSession(session) {
            @Override
            public StreamDriver connect(ConnectRequest request, Call call)
                throws I2pException, InterruptedException {
              if (knocks.getAndIncrement() == 0) {
                throw new I2pException(ErrorKind.PEER_UNREACHABLE, "not yet");
              }
              return super.connect(request, call);
            }

            @Override
            public Known close(Call call) {
              return Known.YES; // what is under way arrives all the same
            }
          };
        });
        I2pSession session = i2p.open();
        I2pAcceptor acceptor = session.listen(0)) {
      Async<Boolean> reachable = Async.start(() -> {
        session.awaitReachable(Duration.ofDays(1));
        return true;
      });
      Async.await(() -> knocks.get() == 1);
      reachable.blocked();
      fast.advance(SECOND);
      assertThat(reachable.get()).isTrue();

      ConnectRequest knock = ConnectRequest.of(session.destination(), 0, 0);
      assertThat(
              Async.start(() -> opened.getLast().connect(knock, Drivers.call())).kind())
          .isEqualTo(ErrorKind.PEER_REFUSED);
      assertThat(session.status().waiting()).isZero();
      assertThat(session.status().refused()).isZero();
      fast.advance(Duration.ofMinutes(2));
      opened.getLast().connect(knock, Drivers.call());
      assertThat(acceptor.accept().peer()).as("no longer a probe").isNotNull();
      opened.forEach(driver -> driver.close(Drivers.noTime()));
    }
  }

  /** What was tried is gone: the one that came in its place is not opened again for that. */
  @Test
  void aSessionThatCameBackMeanwhileIsTriedItself() throws Exception {
    List<Destination> opened = new CopyOnWriteArrayList<>();
    List<SessionSink> told = new CopyOnWriteArrayList<>();
    try (MemoryNetwork slow = network(60);
        I2p i2p = odd(slow, (session, sink) -> {
          opened.add(((MemorySession) session).destination());
          told.add(sink);
          return session;
        });
        I2pSession session =
            i2p.open(SessionConfig.builder().protocols(Protocol.RAW).build())) {
      Async<Boolean> reachable = Async.start(() -> {
        session.awaitReachable(Duration.ofDays(1));
        return true;
      });
      for (int second = 0; second < 14; second++) {
        Async.await(() -> opened.size() == 2);
        reachable.blocked();
        slow.advance(SECOND);
      }
      reachable.blocked();
      told.getFirst().lost(new I2pException(ErrorKind.SESSION_LOST, "as planned"));
      Async.await(() -> session.status().recovered() == 1);
      slow.advance(SECOND);
      Async.await(() -> opened.size() > 3);
      assertThat(opened.get(3)).isNotEqualTo(session.destination());
    }
  }

  /** What a router opens, for whom. */
  private interface Change {
    SessionDriver of(SessionDriver session, SessionSink sink);
  }

  private static I2p odd(MemoryNetwork network, Change change) throws I2pException {
    return I2p.connect(OddRouter.source(network, router -> new OddRouter(router) {
      @Override
      public SessionDriver open(OpenRequest request, SessionSink sink, Call call)
          throws I2pException, InterruptedException {
        return change.of(super.open(request, sink, call), sink);
      }
    }));
  }

  /** No probe arrives within the time after which another session is opened again. */
  @Test
  void aSessionWithoutRecoveryIsNotOpenedAgain() throws Exception {
    try (MemoryNetwork slow = network(60);
        I2p i2p = I2p.connect(slow.uri());
        I2pSession session = i2p.open(SessionConfig.builder()
            .protocols(Protocol.RAW)
            .recovery(Recovery.NONE)
            .build())) {
      List<SessionEvent> events = new CopyOnWriteArrayList<>();
      session.onEvent(events::add);
      Async<Boolean> reachable = Async.start(() -> {
        session.awaitReachable(Duration.ofSeconds(20));
        return true;
      });
      for (int second = 0; second < 20; second++) {
        reachable.blocked();
        slow.advance(SECOND);
      }
      assertThat(reachable.kind()).isEqualTo(ErrorKind.TIMEOUT);
      assertThat(session.status().recovered()).isZero();
      assertThat(events).noneMatch(SessionEvent.Lost.class::isInstance);
    }
  }
}
