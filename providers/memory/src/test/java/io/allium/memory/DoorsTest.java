package io.allium.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.BlindedAccess;
import io.allium.Capability;
import io.allium.ConnectOptions;
import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pDatagram;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.Known;
import io.allium.Phase;
import io.allium.Protocol;
import io.allium.ResolveOptions;
import io.allium.RouterEvent;
import io.allium.SessionConfig;
import io.allium.SignatureType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the API's doors say that no other suite asks for. */
class DoorsTest {
  private final MemoryNetwork network = MemoryNetwork.create();

  @AfterEach
  void close() {
    network.close();
  }

  private I2p connect() throws Exception {
    return I2p.connect(network.router("a"));
  }

  @Test
  void aSourceSaysTheUriThatNamesTheSameRouter() throws Exception {
    try (I2p byValue = connect();
        I2p byText = I2p.connect(byValue.uri())) {
      assertThat(byValue.uri()).isEqualTo(network.uri("a"));
      assertThat(byText.resolve(byValue.open().destination().base32()).options())
          .isEmpty();
    }
  }

  @Test
  void aRouterTellsHowFarAnOpeningIs() throws Exception {
    List<RouterEvent> told = new CopyOnWriteArrayList<>();
    I2p i2p = connect();
    i2p.onEvent(told::add);
    I2pSession session = i2p.open();
    i2p.close();
    Async.await(() -> told.size() == 3);
    assertThat(told)
        .containsExactly(
            new RouterEvent.Opening(session.destination(), Phase.of(0, "building tunnels")),
            new RouterEvent.Opening(session.destination(), Phase.of(1, "online")),
            new RouterEvent.Closed());
  }

  @Test
  void theSessionsOfAnAccessAreThoseItOpened() throws Exception {
    try (I2p i2p = connect()) {
      I2pSession one = i2p.open();
      I2pSession two = i2p.open();
      assertThat(i2p.sessions()).containsExactlyInAnyOrder(one, two);
      one.close();
      assertThat(i2p.sessions()).containsExactly(two);
    }
  }

  @Test
  void aRunningRouterIsReady() throws Exception {
    try (I2p i2p = connect()) {
      i2p.awaitReady(Duration.ofSeconds(20));
      network.stop("a");
      assertThat(ManualClockTest.kind(() -> {
            i2p.awaitReady(Duration.ofSeconds(20));
            return 0;
          }))
          .isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
      assertThat(ManualClockTest.kind(() -> i2p.status(Duration.ofSeconds(20))))
          .isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
    }
  }

  @Test
  void anyProtocolIsAllOfThemWhereOneDestinationCanCarryThem() throws Exception {
    SessionConfig any = SessionConfig.builder().anyProtocol().build();
    try (I2p i2p = connect();
        I2pSession session = i2p.open(any);
        I2pAcceptor acceptor = session.listen(0);
        DatagramPort port = session.datagrams(DatagramOptions.of(Protocol.DATAGRAM3, 0))) {
      assertThat(port.maxPayload()).isPositive();
      assertThat(session.connect(session.destination()).peer()).isEqualTo(session.destination());
      assertThat(acceptor.accept()).isNotNull();
    }
    try (MemoryNetwork poor =
            MemoryNetwork.builder().without(Capability.SUBSESSIONS).build();
        I2p i2p = I2p.connect(poor.router("poor"))) {
      assertThat(ManualClockTest.kind(() -> i2p.open(any))).isEqualTo(ErrorKind.UNSUPPORTED);
    }
  }

  @Test
  void withoutDefaultsNoOptionIsOurs() {
    assertThat(SessionConfig.withoutDefaults().build().options()).isEmpty();
    assertThat(SessionConfig.transientKeys().options()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Protocol.class,
      names = {"DATAGRAM", "DATAGRAM2", "DATAGRAM3"})
  void aReplyGoesBackToWhereTheDatagramCameFrom(Protocol protocol) throws Exception {
    try (MemoryNetwork signed = MemoryNetwork.builder().signedDatagrams().build();
        I2p i2p = I2p.connect(signed.router("signed"));
        I2pSession client = i2p.open(SessionConfig.builder().protocols(protocol).build());
        I2pSession server = i2p.open(SessionConfig.builder().protocols(protocol).build());
        DatagramPort ours = client.datagrams(DatagramOptions.of(protocol, 7));
        DatagramPort theirs = server.datagrams(DatagramOptions.of(protocol, 9))) {
      ours.send(I2pAddress.of(server.destination(), 9), new byte[] {1});
      I2pDatagram question = theirs.receive();
      theirs.reply(question, new byte[] {2});
      I2pDatagram answer = ours.receive();
      assertThat(answer.payload()).containsExactly(2);
      assertThat(answer.fromPort()).isEqualTo(9);
    }
  }

  @Test
  void aRawDatagramHasNobodyToReplyTo() throws Exception {
    SessionConfig raw = SessionConfig.builder().protocols(Protocol.RAW).build();
    try (I2p i2p = connect();
        I2pSession session = i2p.open(raw);
        DatagramPort port = session.datagrams(DatagramOptions.of(Protocol.RAW, 0))) {
      port.send(I2pAddress.of(session.destination(), 0), new byte[] {1});
      I2pDatagram one = port.receive();
      assertThat(ManualClockTest.kind(() -> {
            port.reply(one, new byte[] {2});
            return 0;
          }))
          .isEqualTo(ErrorKind.UNSUPPORTED);
      port.send(I2pAddress.of(session.destination(), 0), new byte[] {1});
      assertThat(port.receive()).isEqualTo(one).hasSameHashCodeAs(one);
    }
  }

  /** The JDK makes no signature of this type: the network vouches for the sender itself. */
  @Test
  void keysThatDoNotSignHereSendDatagramsAllTheSame() throws Exception {
    try (MemoryNetwork signed = MemoryNetwork.builder().signedDatagrams().build();
        I2p i2p = I2p.connect(signed.router("signed"));
        I2pSession session = i2p.open(SessionConfig.builder()
            .signatureType(SignatureType.RED25519)
            .protocols(Protocol.DATAGRAM)
            .build());
        DatagramPort port = session.datagrams(DatagramOptions.of(Protocol.DATAGRAM, 0))) {
      port.send(I2pAddress.of(session.destination(), 0), new byte[] {1});
      assertThat(((I2pDatagram.Authenticated) port.receive()).from())
          .isEqualTo(session.destination());
    }
  }

  @Test
  void aRouterThatOpensNoEncryptedLeaseSetsSaysSo() throws Exception {
    try (I2p i2p = connect();
        I2pSession session = i2p.open();
        BlindedAccess access = BlindedAccess.secret(new byte[] {1})) {
      ConnectOptions options = ConnectOptions.builder().access(access).build();
      assertThat(ManualClockTest.kind(
              () -> session.connect(I2pAddress.of(session.destination(), 0), options)))
          .isEqualTo(ErrorKind.UNSUPPORTED);
      ResolveOptions resolve = ResolveOptions.builder().access(access).build();
      assertThat(ManualClockTest.kind(() -> i2p.resolve(session.destination().base32(), resolve)))
          .isEqualTo(ErrorKind.UNSUPPORTED);
    }
  }

  @Test
  void aCloseWithTimeDeliversWhatWasWrittenAndSaysSo() throws Exception {
    try (MemoryNetwork slow = MemoryNetwork.builder()
            .manualClock()
            .faults(Faults.none().withLatency(Duration.ofSeconds(1), Duration.ZERO))
            .build();
        I2p i2p = I2p.connect(slow.router("slow"));
        I2pSession server = i2p.open();
        I2pAcceptor acceptor = server.listen(0)) {
      I2pSession client = i2p.open();
      Async<I2pStream> connect =
          Async.start(() -> client.connect(server.destination())).blocked();
      slow.advance(Duration.ofSeconds(1));
      I2pStream theirs = acceptor.accept();
      I2pStream ours = connect.get();
      ours.output().write(5);
      ours.close();
      Async<Known> close =
          Async.start(() -> client.close(Duration.ofMinutes(1))).blocked();
      slow.advance(Duration.ofSeconds(1));
      assertThat(close.get()).isEqualTo(Known.YES);
      assertThat(theirs.input().readAllBytes()).containsExactly(5);
      assertThat(theirs.endedCleanly()).isEqualTo(Known.YES);
    }
  }

  @Test
  void aCloseWhoseTimeIsOverSaysThatNotAllArrived() throws Exception {
    try (MemoryNetwork slow = MemoryNetwork.builder()
            .manualClock()
            .faults(Faults.none().withLatency(Duration.ofSeconds(60), Duration.ZERO))
            .build();
        I2p i2p = I2p.connect(slow.router("slow"));
        I2pSession server = i2p.open();
        I2pAcceptor acceptor = server.listen(0)) {
      I2pSession client = i2p.open();
      Async<I2pStream> connect =
          Async.start(() -> client.connect(server.destination())).blocked();
      slow.advance(Duration.ofSeconds(60));
      acceptor.accept();
      I2pStream ours = connect.get();
      ours.output().write(5);
      ours.close();
      Async<Known> close =
          Async.start(() -> client.close(Duration.ofSeconds(10))).blocked();
      slow.advance(Duration.ofSeconds(10));
      assertThat(close.get()).isEqualTo(Known.NO);
    }
  }
}
