package io.allium.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.ConnectOptions;
import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.ListenOptions;
import io.allium.Protocol;
import io.allium.SessionConfig;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Time passes only when the test says so, and then exactly what is due happens. */
class ManualClockTest {
  private static final Duration ALMOST = Duration.ofMillis(1);

  private final MemoryNetwork network = MemoryNetwork.builder().manualClock().build();
  private final I2p i2p;
  private final I2pSession client;
  private final I2pSession server;

  ManualClockTest() throws I2pException {
    i2p = I2p.connect(network.uri());
    client = i2p.open();
    server = i2p.open();
  }

  @AfterEach
  void close() {
    i2p.close();
    network.close();
  }

  @Test
  void openingTakesTheBuildDelay() throws Exception {
    try (MemoryNetwork slow = MemoryNetwork.builder()
            .faults(Faults.none().withBuildDelay(Duration.ofSeconds(20)))
            .manualClock()
            .build();
        I2p other = I2p.connect(slow.uri())) {
      Async<I2pSession> open = Async.start(() -> other.open()).blocked();
      slow.advance(Duration.ofSeconds(20).minus(ALMOST));
      assertThat(open.blocked().done()).isFalse();
      slow.advance(ALMOST);
      assertThat(open.get().destination()).isNotNull();
      Async<I2pSession> late = Async.start(() -> other.open(
              SessionConfig.builder().openTimeout(Duration.ofSeconds(19)).build()))
          .blocked();
      slow.advance(Duration.ofSeconds(19));
      assertThat(late.kind()).isEqualTo(ErrorKind.TIMEOUT);
      assertThat(other.status().details()).containsEntry("sessions", "1");
    }
  }

  @Test
  void aReceiveWithoutALimitEndsWithItsPort() throws Exception {
    I2pSession session =
        i2p.open(SessionConfig.builder().protocols(Protocol.DATAGRAM).build());
    DatagramPort port = session.datagrams(DatagramOptions.of(Protocol.DATAGRAM, 0));
    Async<I2pDatagram> receive = Async.start(port::receive).blocked();
    network.advance(Duration.ofDays(36_500));
    assertThat(receive.blocked().done()).isFalse();
    port.close();
    assertThat(receive.kind()).isEqualTo(ErrorKind.CLOSED);
  }

  @Test
  void aTimeoutOfAllEternityIsOneToo() throws Exception {
    ConnectOptions patient =
        ConnectOptions.builder().timeout(ChronoUnit.FOREVER.getDuration()).build();
    answeringOnAccept(server);
    Async<I2pStream> connect =
        Async.start(() -> client.connect(to(server), patient)).blocked();
    client.close();
    assertThat(connect.kind()).isEqualTo(ErrorKind.CLOSED);
  }

  @Test
  void anAcceptTimesOutExactlyThen() throws Exception {
    I2pAcceptor acceptor = server.listen(0);
    Async<I2pStream> accept =
        Async.start(() -> acceptor.accept(Duration.ofSeconds(3))).blocked();
    network.advance(Duration.ofSeconds(3).minus(ALMOST));
    assertThat(accept.blocked().done()).isFalse();
    network.advance(ALMOST);
    assertThat(accept.kind()).isEqualTo(ErrorKind.TIMEOUT);
  }

  @Test
  void aReadTimesOutExactlyThenAndTheStreamGoesOn() throws Exception {
    I2pAcceptor acceptor = server.listen(0);
    I2pStream stream = client.connect(to(server));
    I2pStream peer = acceptor.accept();
    stream.readTimeout(Duration.ofSeconds(30));
    Async<Integer> read = Async.start(() -> stream.input().read()).blocked();
    network.advance(Duration.ofSeconds(30).minus(ALMOST));
    assertThat(read.blocked().done()).isFalse();
    network.advance(ALMOST);
    assertThat(read.kind()).isEqualTo(ErrorKind.TIMEOUT);
    peer.output().write(5);
    assertThat(stream.input().read()).isEqualTo(5);
  }

  @Test
  void aWriteTimesOutExactlyThenAndTheStreamIsOver() throws Exception {
    I2pAcceptor acceptor = server.listen(0);
    I2pStream stream = client.connect(to(server));
    I2pStream other = acceptor.accept();
    stream.writeTimeout(Duration.ofSeconds(30));
    Async<Integer> write = Async.start(() -> {
          stream.output().write(new byte[Pipe.CAPACITY + 1]);
          return 0;
        })
        .blocked();
    network.advance(Duration.ofSeconds(30));
    assertThat(write.kind()).isEqualTo(ErrorKind.TIMEOUT);
    assertThat(kind(() -> other.input().read())).isEqualTo(ErrorKind.PEER_RESET);
  }

  @Test
  void aPortThatNobodyListensAtRefusesAtOnce() throws Exception {
    assertThat(kind(() -> client.connect(to(server)))).isEqualTo(ErrorKind.PEER_REFUSED);
    server.listen(7);
    assertThat(kind(() -> client.connect(to(server)))).isEqualTo(ErrorKind.PEER_REFUSED);
    I2pAcceptor any = server.listen(0);
    assertThat(client.connect(to(server)).peer()).isEqualTo(server.destination());
    any.accept();
    any.close();
    assertThat(kind(() -> client.connect(to(server)))).isEqualTo(ErrorKind.PEER_REFUSED);
  }

  @Test
  void aStreamThatIsAnsweredWhenItIsAcceptedWaitsForThat() throws Exception {
    I2pAcceptor acceptor = answeringOnAccept(server);
    Async<I2pStream> connect = Async.start(() -> client.connect(to(server))).blocked();
    Async.await(() -> server.status().waiting() == 1);
    assertThat(connect.blocked().done()).isFalse();
    I2pStream accepted = acceptor.accept();
    connect.get().output().write(5);
    assertThat(accepted.input().read()).isEqualTo(5);
  }

  @Test
  void aStreamThatNobodyAnswersIsRefusedAfterFiveSeconds() throws Exception {
    I2pAcceptor acceptor = answeringOnAccept(server);
    Async<I2pStream> connect = Async.start(() -> client.connect(to(server))).blocked();
    Async.await(() -> server.status().waiting() == 1);
    network.advance(Duration.ofSeconds(5).minus(ALMOST));
    assertThat(connect.blocked().done()).isFalse();
    network.advance(ALMOST);
    assertThat(connect.kind()).isEqualTo(ErrorKind.PEER_REFUSED);
    assertThat(server.status().waiting()).isZero();
    acceptor.close();
  }

  private static I2pAcceptor answeringOnAccept(I2pSession session) throws I2pException {
    return session.listen(ListenOptions.builder().answerOnAccept(true).build());
  }

  @Test
  void aConnectTimesOutExactlyThen() throws Exception {
    ConnectOptions options =
        ConnectOptions.builder().timeout(Duration.ofSeconds(4)).build();
    answeringOnAccept(server);
    Async<I2pStream> connect =
        Async.start(() -> client.connect(to(server), options)).blocked();
    network.advance(Duration.ofSeconds(4));
    assertThat(connect.kind()).isEqualTo(ErrorKind.TIMEOUT);
  }

  @Test
  void aPeerThatIsOfflineIsTriedAgainAfterASecond() throws Exception {
    I2pAddress gone = to(server);
    server.close();
    Async<I2pStream> connect = Async.start(() -> client.connect(gone)).blocked();
    network.advance(Duration.ofSeconds(1));
    assertThat(connect.kind()).isEqualTo(ErrorKind.PEER_UNREACHABLE);
  }

  @Test
  void aStreamThatNobodyAcceptsIsRefusedAfterFiveSeconds() throws Exception {
    I2pAcceptor acceptor = server.listen(0);
    I2pStream stream = client.connect(to(server));
    Async.await(() -> server.status().waiting() == 1);
    network.advance(Duration.ofSeconds(5).minus(ALMOST));
    assertThat(server.status().waiting()).isEqualTo(1);
    network.advance(ALMOST);
    assertThat(kind(() -> stream.input().read())).isEqualTo(ErrorKind.PEER_RESET);
    assertThat(server.status())
        .extracting("waiting", "refused", "accepted")
        .containsExactly(0, 1L, 0L);
    assertThat(acceptor.address().port()).isZero();
  }

  @Test
  void atMost64StreamsWaitForAPortAnd16OfOnePeer() throws Exception {
    server.listen(7);
    List<I2pStream> streams = new ArrayList<>();
    I2p elsewhere = I2p.connect(network.uri());
    for (int peer = 0; peer < 4; peer++) {
      I2pSession one = elsewhere.open();
      for (int i = 0; i < 16; i++) {
        streams.add(one.connect(I2pAddress.of(server.destination(), 7)));
      }
      Async.await(() -> server.status().waiting() == streams.size());
      assertThat(kind(() -> one.connect(I2pAddress.of(server.destination(), 7))))
          .isEqualTo(ErrorKind.PEER_REFUSED);
      assertThat(server.status())
          .extracting("waiting", "refused")
          .containsExactly(16 * (peer + 1), peer + 1L);
    }
    assertThat(kind(() -> client.connect(I2pAddress.of(server.destination(), 7))))
        .isEqualTo(ErrorKind.PEER_REFUSED);
    assertThat(server.status()).extracting("waiting", "refused").containsExactly(64, 5L);
    streams.getFirst().output().write(1);
  }

  @Test
  void closingEndsEveryCallInProgress() throws Exception {
    I2p elsewhere = I2p.connect(network.uri());
    I2pSession far = elsewhere.open();
    I2pAcceptor acceptor = server.listen(0);
    I2pAcceptor farAcceptor = far.listen(0);
    I2pSession silent = i2p.open();
    answeringOnAccept(silent);
    I2pStream stream = client.connect(to(far));
    farAcceptor.accept();
    Async<I2pStream> connect = Async.start(() -> client.connect(to(silent))).blocked();
    Async<I2pStream> accept = Async.start(acceptor::accept).blocked();
    Async<Integer> read = Async.start(() -> stream.input().read()).blocked();
    Async<Integer> write = Async.start(() -> {
          stream.output().write(new byte[1 << 20]);
          return 0;
        })
        .blocked();
    client.close();
    for (Async<?> call : List.of(connect, read, write)) {
      assertThat(call.kind()).isEqualTo(ErrorKind.CLOSED);
    }
    i2p.close();
    assertThat(accept.kind()).isEqualTo(ErrorKind.CLOSED);
    assertThat(client.status().openStreams()).isZero();
    i2p.close();
    elsewhere.close();
  }

  @Test
  void aNetworkOnTheSystemsClockIsNotMoved() {
    try (MemoryNetwork other = MemoryNetwork.create()) {
      assertThatThrownBy(() -> other.advance(Duration.ZERO))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThatThrownBy(() -> network.advance(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static I2pAddress to(I2pSession session) {
    return I2pAddress.of(session.destination(), 0);
  }

  static ErrorKind kind(Async.Body<?> body) throws Exception {
    return Async.start(body).kind();
  }
}
