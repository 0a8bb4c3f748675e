package io.allium.memory;

import static io.allium.memory.ManualClockTest.kind;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.Protocol;
import io.allium.Recovery;
import io.allium.SessionConfig;
import io.allium.SessionStatus.State;
import io.allium.SignatureType;
import io.allium.spi.ConnectRequest;
import io.allium.spi.SessionDriver;
import io.allium.spi.StreamDriver;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartTest {
  private static final DestinationKeys KEYS = DestinationKeys.generate(SignatureType.ED25519);

  @Test
  void aRestartLosesTheSessionsOfItsRouterAndBreaksTheirStreams() throws Exception {
    try (MemoryNetwork network = MemoryNetwork.create();
        I2p here = I2p.connect(network.uri("here"));
        I2p there = I2p.connect(network.uri("there"));
        I2pSession client = here.open();
        I2pSession server = there.open(
            SessionConfig.builder().keys(KEYS).recovery(Recovery.NONE).build());
        I2pAcceptor acceptor = server.listen(0)) {
      I2pStream ours = client.connect(I2pAddress.of(server.destination(), 0));
      I2pStream theirs = acceptor.accept();
      Async<Integer> ourRead = Async.start(() -> ours.input().read()).blocked();
      Async<Integer> theirRead = Async.start(() -> theirs.input().read()).blocked();
      Async<I2pStream> accept = Async.start(acceptor::accept).blocked();
      network.restart("there");
      assertThat(theirRead.kind()).isEqualTo(ErrorKind.SESSION_LOST);
      assertThat(accept.kind()).isEqualTo(ErrorKind.SESSION_LOST);
      assertThat(ourRead.kind()).isEqualTo(ErrorKind.PEER_RESET);
      assertThat(kind(() -> {
            ours.output().write(1);
            return 0;
          }))
          .isEqualTo(ErrorKind.PEER_RESET);
      assertThat(server.status().state()).isEqualTo(State.LOST);
      assertThat(client.status().state()).isEqualTo(State.ONLINE);
      try (I2pSession again = there.open(KEYS);
          I2pAcceptor next = again.listen(0)) {
        client.connect(I2pAddress.of(again.destination(), 0)).output().write(3);
        assertThat(next.accept(Duration.ofSeconds(5)).input().read()).isEqualTo(3);
      }
    }
  }

  @Test
  void whatIsLeftOfALostSessionDoesNotTakeTheNewOneOffline() throws Exception {
    try (MemoryNetwork network = MemoryNetwork.create()) {
      MemoryRouter router = Drivers.router(network);
      SessionDriver old = open(router);
      network.restart();
      SessionDriver current = open(router);
      old.close(Drivers.noTime());
      current.listening(port -> true);
      Async<StreamDriver> accept =
          Async.start(() -> current.accept(Drivers.call()).answer());
      ConnectRequest itself = ConnectRequest.of(KEYS.destination(), 0, 0);
      assertThat(current.connect(itself, Drivers.call()).remote()).isEqualTo(KEYS.destination());
      assertThat(accept.get().remote()).isEqualTo(KEYS.destination());
      current.close(Drivers.noTime());
      router.close(Drivers.noTime());
    }
  }

  @Test
  void aDestinationIsOnlineOnceInTheNetwork() throws Exception {
    try (MemoryNetwork network = MemoryNetwork.create();
        I2p here = I2p.connect(network.uri("here"));
        I2p there = I2p.connect(network.uri("there"));
        I2pSession first = here.open(KEYS)) {
      assertThat(kind(() -> there.open(KEYS))).isEqualTo(ErrorKind.DESTINATION_IN_USE);
      first.close();
      there.open(KEYS).close();
    }
  }

  @Test
  void aWriteToAPeerThatClosedFailsOnceItIsGone() throws Exception {
    try (MemoryNetwork network = MemoryNetwork.create();
        I2p i2p = I2p.connect(network.uri());
        I2pSession client = i2p.open();
        I2pSession server = i2p.open();
        I2pAcceptor acceptor = server.listen(0)) {
      I2pStream ours = client.connect(I2pAddress.of(server.destination(), 0));
      I2pStream theirs = acceptor.accept();
      theirs.output().write(1);
      theirs.close();
      assertThat(ours.input().readAllBytes()).containsExactly(1);
      assertThat(kind(() -> {
            ours.output().write(1);
            return 0;
          }))
          .isEqualTo(ErrorKind.PEER_RESET);
    }
  }

  private static SessionDriver open(MemoryRouter router) throws Exception {
    return Drivers.open(router, KEYS, new Drivers.Inbox(), Protocol.STREAM);
  }
}
