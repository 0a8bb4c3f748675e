package io.allium.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.ConnectOptions;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.SessionConfig;
import io.allium.SessionPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionPoolTest {
  private static final Duration IDLE = Duration.ofMinutes(5);

  private final MemoryNetwork network = MemoryNetwork.builder().manualClock().build();
  private I2p ours;
  private I2p theirs;
  private I2pAcceptor acceptor;
  private I2pAddress server;

  @BeforeEach
  void open() throws Exception {
    ours = I2p.connect(network.router("ours"));
    theirs = I2p.connect(network.router("theirs"));
    I2pSession session = theirs.open();
    acceptor = session.listen(0);
    server = I2pAddress.of(session.destination(), 0);
  }

  @AfterEach
  void close() {
    ours.close();
    theirs.close();
    network.close();
  }

  private SessionPool pool(int max) {
    return SessionPool.of(ours, SessionConfig.transientKeys(), IDLE, max);
  }

  private I2pStream connect(SessionPool pool, String purpose) throws I2pException {
    return pool.connect(purpose, server, ConnectOptions.defaults());
  }

  @Test
  void onePurposeHasOneDestinationAndAnotherHasAnother() throws Exception {
    try (SessionPool pool = pool(10)) {
      connect(pool, "a");
      connect(pool, "b");
      connect(pool, "a");
      I2pStream first = acceptor.accept();
      I2pStream other = acceptor.accept();
      assertThat(acceptor.accept().peer()).isEqualTo(first.peer());
      assertThat(other.peer()).isNotEqualTo(first.peer());
      assertThat(pool.size()).isEqualTo(2);
      assertThat(ours.sessions()).hasSize(2);
      assertThat(pool.toString()).doesNotContain("a\"", "b\"");
    }
    assertThat(ours.sessions()).isEmpty();
  }

  @Test
  void manyThreadsOfOnePurposeOpenOneSession() throws Exception {
    try (SessionPool pool = pool(1)) {
      List<Async<I2pStream>> connects = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        connects.add(Async.start(() -> connect(pool, "a")));
      }
      for (Async<I2pStream> connect : connects) {
        connect.get();
      }
      assertThat(ours.sessions()).hasSize(1);
    }
  }

  @Test
  void anIdleSessionIsClosedAndABusyOneStays() throws Exception {
    try (SessionPool pool = pool(10)) {
      I2pStream busy = connect(pool, "busy");
      acceptor.accept();
      connect(pool, "idle").close();
      network.advance(IDLE);
      Async.await(() -> pool.size() == 1);
      busy.output().write(1);
      busy.close();
      network.advance(IDLE.multipliedBy(2));
      Async.await(() -> {
        network.advance(IDLE);
        return pool.size() == 0;
      });
      connect(pool, "busy");
      assertThat(pool.size()).isEqualTo(1);
    }
  }

  @Test
  void theIdlestMakesRoomAndNoBusyOneDoes() throws Exception {
    try (SessionPool pool = pool(2)) {
      connect(pool, "first").close();
      network.advance(Duration.ofSeconds(1));
      I2pStream second = connect(pool, "second");
      I2pStream third = connect(pool, "third");
      assertThat(pool.size()).isEqualTo(2);
      assertThat(ManualClockTest.kind(() -> connect(pool, "fourth")))
          .isEqualTo(ErrorKind.UNSUPPORTED);
      second.output().write(1);
      third.output().write(1);
    }
  }

  @Test
  void whatFailedToOpenIsTriedAgain() throws Exception {
    try (SessionPool pool = pool(1)) {
      network.stop("ours");
      assertThat(ManualClockTest.kind(() -> connect(pool, "a")))
          .isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
      assertThat(pool.size()).isZero();
      network.start("ours");
      connect(pool, "a");
      assertThat(acceptor.accept()).isNotNull();
    }
  }

  @Test
  void keysOfItsConfigurationAreNotUsed() throws Exception {
    try (DestinationKeys keys = DestinationKeys.generate();
        SessionPool pool = SessionPool.of(ours, SessionConfig.of(keys), IDLE, 1)) {
      connect(pool, "a");
      assertThat(acceptor.accept().peer()).isNotEqualTo(keys.destination());
    }
  }

  @Test
  void aClosedPoolConnectsNothing() throws Exception {
    SessionPool pool = pool(1);
    I2pStream stream = connect(pool, "a");
    pool.close();
    pool.close();
    assertThat(ManualClockTest.kind(() -> stream.input().read())).isEqualTo(ErrorKind.CLOSED);
    assertThat(ManualClockTest.kind(() -> connect(pool, "a"))).isEqualTo(ErrorKind.CLOSED);
  }
}
