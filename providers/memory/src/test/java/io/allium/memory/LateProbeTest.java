package io.allium.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DatagramFormat;
import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pDatagram;
import io.allium.I2pSession;
import io.allium.Protocol;
import io.allium.Recovery;
import io.allium.SessionConfig;
import io.allium.SessionEvent;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
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
        DatagramPort port = session.datagrams(DatagramOptions.of(DatagramFormat.RAW, 0))) {
      MemorySession driver = Objects.requireNonNull(network.session(session.destination()));
      Async<Boolean> reachable = Async.start(() -> {
        session.awaitReachable(Duration.ofMinutes(1));
        return true;
      });
      for (int probes = 1; probes <= LATENCY_SECONDS; probes++) {
        int sent = probes;
        Async.await(() -> driver.datagramsUnderWay() == sent);
        reachable.blocked();
        network.advance(SECOND);
      }
      assertThat(reachable.get()).isTrue();
      assertThat(driver.datagramsUnderWay()).isEqualTo(LATENCY_SECONDS - 1);
      Async<I2pDatagram> receive =
          Async.start(() -> port.receive(Duration.ofMinutes(1))).blocked();
      network.advance(Duration.ofMinutes(1));
      assertThat(receive.kind()).isEqualTo(ErrorKind.TIMEOUT);
    }
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
