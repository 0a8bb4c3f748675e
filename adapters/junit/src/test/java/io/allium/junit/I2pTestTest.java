package io.allium.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.Capability;
import io.allium.ErrorKind;
import io.allium.Hostname;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.SessionEvent;
import io.allium.SessionStatus;
import io.allium.memory.MemoryNetwork;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The extension as its users write it. */
@I2pNetwork
class I2pTestTest {
  private final MemoryNetwork ofConstructor;
  private I2pSession early;

  I2pTestTest(MemoryNetwork network, I2pSession session) {
    ofConstructor = network;
    early = session;
  }

  @BeforeEach
  void anotherSession(I2pSession session) {
    assertThat(session).isNotEqualTo(early);
    early = session;
  }

  @I2pTest
  void echo(@Router("server") I2p theirs, I2pSession session) throws Exception {
    try (I2pSession server = theirs.open();
        I2pAcceptor acceptor = server.listen(0);
        I2pStream ours = session.connect(server.destination());
        I2pStream echo = acceptor.accept()) {
      ours.output().write(7);
      echo.output().write(echo.input().read());
      assertThat(ours.input().read()).isEqualTo(7);
    }
  }

  @I2pTest
  void aTestItsConstructorAndItsLifecycleMethodsShareTheNetwork(
      MemoryNetwork network, I2p i2p, I2p same, @Router(Router.DEFAULT) I2p named) {
    assertThat(network).isSameAs(ofConstructor);
    assertThat(same).isSameAs(i2p).isSameAs(named);
    assertThat(i2p.sessions()).contains(early).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.i2p", "b.i2p"})
  void aParameterizedTestHasItsOwnParametersFirst(
      String name, MemoryNetwork network, I2pSession session, I2p i2p) throws Exception {
    network.addName(Hostname.parse(name), session.destination());
    assertThat(i2p.resolve(name).destination()).isEqualTo(session.destination());
    assertThatThrownBy(() -> i2p.resolve(name.equals("a.i2p") ? "b.i2p" : "a.i2p"))
        .isInstanceOfSatisfying(
            I2pException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NAME_NOT_FOUND));
  }

  @I2pTest
  void aRouterGoesAwayAndComesBack(
      MemoryNetwork network, @Router("server") I2pSession server, I2pSession client)
      throws Exception {
    CountDownLatch lost = new CountDownLatch(1);
    CountDownLatch back = new CountDownLatch(1);
    server.onEvent(event -> {
      if (event instanceof SessionEvent.Lost) {
        lost.countDown();
      } else if (event instanceof SessionEvent.Recovered) {
        back.countDown();
      }
    });
    network.stop("server");
    lost.await();
    assertThat(client.status().state()).isEqualTo(SessionStatus.State.ONLINE);
    network.start("server");
    back.await();
    try (I2pAcceptor acceptor = server.listen(0);
        I2pStream ours = client.connect(server.destination());
        I2pStream theirs = acceptor.accept()) {
      ours.output().write(1);
      assertThat(theirs.input().read()).isEqualTo(1);
    }
  }

  @I2pTest
  @I2pNetwork(manualClock = true, without = Capability.HALF_CLOSE)
  void aMethodHasItsOwnKindOfNetwork(MemoryNetwork network, I2p i2p, I2pSession session)
      throws Exception {
    assertThat(network).isSameAs(ofConstructor);
    assertThat(i2p.capabilities()).doesNotContain(Capability.HALF_CLOSE);
    try (I2pAcceptor acceptor = session.listen(0)) {
      FutureTask<I2pStream> accept = new FutureTask<>(() -> acceptor.accept(Duration.ofHours(1)));
      Thread.startVirtualThread(accept);
      while (!accept.isDone()) {
        network.advance(Duration.ofMinutes(1));
        Thread.yield();
      }
      assertThatThrownBy(accept::get)
          .cause()
          .isInstanceOfSatisfying(
              I2pException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.TIMEOUT));
    }
  }
}
