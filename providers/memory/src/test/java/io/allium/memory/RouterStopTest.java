package io.allium.memory;

import static io.allium.memory.ManualClockTest.kind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.ConnectOptions;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.SessionStatus.State;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A router that is away, and comes back when the test says so. */
class RouterStopTest {
  private static final String LAPTOP = "laptop";

  private final MemoryNetwork network = MemoryNetwork.builder().manualClock().build();
  private final I2p laptop;
  private final I2p elsewhere;

  RouterStopTest() throws I2pException {
    laptop = I2p.connect(network.uri(LAPTOP));
    elsewhere = I2p.connect(network.uri());
  }

  @AfterEach
  void close() {
    laptop.close();
    elsewhere.close();
    network.close();
  }

  @Test
  void whileItIsAwayItAnswersNothing() throws Exception {
    I2pSession peer = elsewhere.open();
    network.stop(LAPTOP);
    network.stop(LAPTOP);
    assertThat(kind(() -> I2p.connect(network.uri(LAPTOP))))
        .isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
    assertThat(kind(() -> laptop.open())).isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
    assertThat(kind(() -> laptop.resolve(peer.destination().base32())))
        .isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
    assertThat(kind(laptop::status)).isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
    network.restart(LAPTOP);
    assertThat(kind(laptop::status)).isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
    assertThat(elsewhere.status().details()).containsEntry("sessions", "1");

    network.start(LAPTOP);
    network.start(LAPTOP);
    laptop.open().close();
  }

  @Test
  void aSessionIsLostWithItAndComesBackWithIt() throws Exception {
    try (I2pSession server = laptop.open();
        I2pSession client = elsewhere.open();
        I2pAcceptor acceptor = server.listen(0)) {
      I2pStream ours = client.connect(server.destination());
      I2pStream theirs = acceptor.accept();
      network.stop(LAPTOP);
      assertThat(kind(() -> theirs.input().read())).isEqualTo(ErrorKind.SESSION_LOST);
      assertThat(kind(() -> ours.input().read())).isEqualTo(ErrorKind.PEER_RESET);
      Async<I2pStream> inVain =
          Async.start(() -> client.connect(server.destination())).blocked();
      // its own time must not be over however late the others' threads run
      ConnectOptions patient =
          ConnectOptions.builder().timeout(Duration.ofDays(100)).build();
      Async<I2pStream> waiting = Async.start(
              () -> server.connect(I2pAddress.of(client.destination(), 0), patient))
          .blocked();
      Async<I2pStream> accepting = Async.start(acceptor::accept).blocked();
      network.advance(Duration.ofSeconds(30));
      assertThat(server.status().state()).isEqualTo(State.RECOVERING);
      assertThat(waiting.done()).isFalse();
      assertThat(inVain.kind()).isEqualTo(ErrorKind.PEER_UNREACHABLE);

      try (I2pAcceptor calls = client.listen(0)) {
        network.start(LAPTOP); // what waits goes on at once, and needs somebody who accepts
        Async.await(() -> {
          network.advance(Duration.ofSeconds(1));
          // no later: a stream that nobody has accepted for 5 s of this clock is refused
          return server.status().state() != State.RECOVERING;
        });
        assertThat(waiting.get().remote().name()).isEqualTo(client.destination());
        assertThat(calls.accept().remote().name()).isEqualTo(server.destination());
      }
      Async.await(() -> server.status().recovered() == 1);
      client.connect(server.destination()).output().write(7);
      assertThat(accepting.get().input().read()).isEqualTo(7);
    }
  }

  @Test
  void aSessionThatIsBeingOpenedFindsItAway() throws Exception {
    try (MemoryNetwork slow = MemoryNetwork.builder()
            .faults(Faults.none().withBuildDelay(Duration.ofSeconds(20)))
            .manualClock()
            .build();
        I2p i2p = I2p.connect(slow.uri(LAPTOP))) {
      Async<I2pSession> open = Async.start(() -> i2p.open()).blocked();
      slow.stop(LAPTOP);
      slow.advance(Duration.ofSeconds(20));
      assertThat(open.kind()).isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
      slow.start(LAPTOP);
      assertThat(i2p.status().details()).containsEntry("sessions", "0");
    }
  }

  @Test
  void aRouterThatNobodyNamedIsAMistake() {
    try (MemoryNetwork named = MemoryNetwork.create()) {
      assertThatThrownBy(() -> named.stop("nobody")).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> named.uri("a/b")).isInstanceOf(IllegalArgumentException.class);
      assertThat(named.uri("somebody")).hasToString(named.uri() + "/somebody");
      named.stop("somebody");
    }
  }
}
