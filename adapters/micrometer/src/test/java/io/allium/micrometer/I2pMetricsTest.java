package io.allium.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.Protocol;
import io.allium.SessionConfig;
import io.allium.SessionEvent;
import io.allium.junit.I2pTest;
import io.allium.junit.Router;
import io.allium.memory.MemoryNetwork;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;

class I2pMetricsTest {
  private final MeterRegistry registry = new SimpleMeterRegistry();

  @AfterEach
  void close() {
    registry.close();
  }

  private double gauge(String name) {
    return registry.get(name).gauge().value();
  }

  private double sessions(String state) {
    return registry.get("io.allium.sessions").tag("state", state).gauge().value();
  }

  private double counter(String name) {
    return registry.get(name).functionCounter().count();
  }

  @I2pTest
  void streamsAreCountedAndStayCounted(I2p i2p, @Router("peer") I2pSession peer) throws Exception {
    new I2pMetrics(i2p).bindTo(registry);
    try (I2pSession session = i2p.open()) {
      assertThatThrownBy(() -> peer.connect(session.destination()))
          .isInstanceOf(I2pException.class);
      try (I2pAcceptor acceptor = session.listen(0);
          I2pAcceptor theirs = peer.listen(0);
          I2pStream out = session.connect(peer.destination());
          I2pStream first = peer.connect(session.destination());
          I2pStream accepted = acceptor.accept();
          I2pStream second = peer.connect(session.destination())) {
        assertThat(theirs.accept().remote()).isEqualTo(out.local());
        assertThat(accepted.remote()).isEqualTo(first.local());
        assertThat(second.remote().name()).isEqualTo(session.destination());
        while (session.status().waiting() == 0) {
          Thread.yield(); // the peer may be told before the stream waits here
        }
        assertThat(sessions("online")).isEqualTo(1);
        assertThat(gauge("io.allium.streams"))
            .isEqualTo(session.status().openStreams())
            .isPositive();
        assertThat(gauge("io.allium.accept.waiting")).isEqualTo(1);
      }
    }
    assertThat(sessions("online")).isZero();
    assertThat(gauge("io.allium.streams")).isZero();
    try (I2pSession next = i2p.open()) {
      peer.listen(1);
      next.connect(I2pAddress.of(peer.destination(), 1)).close();
      assertThat(counter("io.allium.connect")).isEqualTo(2);
      assertThat(counter("io.allium.accept")).isEqualTo(1);
      assertThat(counter("io.allium.accept.refused")).isPositive();
    }
  }

  @I2pTest
  void aRecoveryIsSeenAndCounted(MemoryNetwork network, I2p i2p, I2pSession session)
      throws Exception {
    new I2pMetrics(i2p).bindTo(registry);
    CountDownLatch lost = new CountDownLatch(1);
    CountDownLatch back = new CountDownLatch(1);
    session.onEvent(event -> {
      if (event instanceof SessionEvent.Lost) {
        lost.countDown();
      } else if (event instanceof SessionEvent.Recovered) {
        back.countDown();
      }
    });
    network.stop(Router.DEFAULT);
    lost.await();
    assertThat(sessions("recovering")).isEqualTo(1);
    assertThat(sessions("online")).isZero();
    assertThat(counter("io.allium.recovery")).isZero();
    network.start(Router.DEFAULT);
    back.await();
    assertThat(sessions("recovering")).isZero();
    assertThat(sessions("online")).isEqualTo(1);
    assertThat(counter("io.allium.recovery")).isEqualTo(1);
  }

  @I2pTest
  void droppedDatagramsAreCounted(I2p i2p) throws Exception {
    try (I2pSession session =
            i2p.open(SessionConfig.builder().protocols(Protocol.RAW).build());
        DatagramPort port = session.datagrams(DatagramOptions.of(Protocol.RAW, 7))) {
      I2pMetrics.datagrams(port, Tags.of("port", "7")).bindTo(registry);
      I2pAddress itself = I2pAddress.of(session.destination(), 7);
      for (int i = 0; i < DatagramOptions.MAX_WAITING + 3; i++) {
        port.send(itself, new byte[1]);
      }
      assertThat(port.dropped()).isEqualTo(3);
      assertThat(registry
              .get("io.allium.datagrams.dropped")
              .tag("port", "7")
              .functionCounter()
              .count())
          .isEqualTo(3);
    }
  }

  @I2pTest
  void noMeterTellsAnAddress(I2p i2p, I2pSession session) {
    new I2pMetrics(i2p, Tags.of("access", "1")).bindTo(registry);
    String prefix = session.destination().base32().text().substring(0, 8);
    assertThat(registry.getMeters())
        .hasSize(8)
        .allSatisfy(meter -> assertThat(meter.getId().getTag("access")).isEqualTo("1"))
        .allSatisfy(meter -> assertThat(meter.getId().toString()).doesNotContain(prefix));
  }
}
