package io.allium.sam;

import static io.allium.sam.Fixture.KEYS;
import static io.allium.sam.Fixture.PEER;
import static io.allium.sam.Fixture.TO_PEER;
import static io.allium.sam.Fixture.config;
import static io.allium.sam.Fixture.kind;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DatagramFormat;
import io.allium.DatagramOptions;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.Protocol;
import io.allium.SendOptions;
import io.allium.SessionStatus;
import io.allium.SignatureType;
import io.allium.protocol.sam.SamStyle;
import io.allium.protocol.sam.SamVersion;
import io.allium.protocol.structures.I2pBase64;
import io.allium.protocol.structures.KeysAndCert;
import io.allium.spi.Call;
import io.allium.spi.DatagramQueue;
import io.allium.spi.RouterRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What anybody on this machine, or on I2P, may send to a datagram session: it is dropped, and the session lives. */
class HostileDatagramTest {
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration SETTLED = Duration.ofSeconds(1);

  private static byte[] repeated(char c, int count) {
    return String.valueOf(c).repeat(count).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void packetsThatAreNoRepliableDatagramAreDropped() throws IOException {
    String peer = PEER.base64();
    try (DatagramFixture with = DatagramFixture.udp("3.3", DatagramFormat.REPLIABLE)) {
      String[] hostile = {
        "",
        "\n",
        "\r\n",
        " \n",
        "no newline",
        peer,
        peer.substring(1) + "\nx",
        peer.substring(0, 200) + "\nx",
        peer + "AAAA\nx",
        " " + peer + "\nx",
        peer.replace('A', '!') + "\nx",
        KEYS.exportBase64() + "\nx",
        peer + " FROM_PORT=65536\nx",
        peer + " FROM_PORT=-1\nx",
        peer + " TO_PORT=\"1\nx",
        peer + " words\nx",
        "3.0 " + with.id() + " " + peer + "\nx",
        "\u0000\u0001\u0002\n",
        "\u00ff".repeat(600) + "\nx",
      };
      for (String packet : hostile) {
        with.forward(packet);
      }
      with.forward(repeated('A', 65_507));
      with.forward("A".repeat(7000) + "\nx");
      Random random = new Random(3);
      for (int i = 0; i < 500; i++) {
        byte[] garbage = new byte[random.nextInt(1500)];
        random.nextBytes(garbage);
        with.forward(garbage);
      }
      with.forward(peer + "\nalive");
      assertThat(with.receive()).isEqualTo("alive");
      assertThat(with.session.status().state()).isEqualTo(SessionStatus.State.ONLINE);
    }
  }

  @Test
  void packetsWithoutTheHeaderThatWasAskedForAreDropped() throws IOException {
    try (DatagramFixture with = DatagramFixture.udp("3.2", DatagramFormat.RAW)) {
      for (String packet : new String[] {
        "",
        "no newline",
        "words before FROM_PORT=1\nx",
        "FROM_PORT=1 TO_PORT=0 PROTOCOL=256\nx",
        "FROM_PORT=x\nx",
        "A".repeat(7000) + "\nx"
      }) {
        with.forward(packet);
      }
      with.forward("FROM_PORT=0 TO_PORT=0 PROTOCOL=18\nalive");
      assertThat(with.receive()).isEqualTo("alive");
    }
  }

  @Test
  void whatIsDroppedIsCounted() throws Exception {
    DatagramPorts ports = new DatagramPorts(datagram -> false);
    ForwardedDatagrams reader = new ForwardedDatagrams(ForwardedDatagrams.Layout.REPLIABLE, ports);
    byte[] toNobody = (PEER.base64() + "\nx").getBytes(StandardCharsets.US_ASCII);
    reader.take(repeated('A', 600), 600);
    assertThat(ports.discarded()).isEqualTo(1);
    reader.take(toNobody, 100);
    assertThat(ports.discarded()).isEqualTo(2);
    reader.take(toNobody, toNobody.length);
    assertThat(ports.discarded()).isEqualTo(3);
  }

  @Test
  void onlyTheBridgesUdpPortIsListenedTo() throws IOException {
    try (DatagramFixture with = DatagramFixture.udp("3.1", DatagramFormat.RAW);
        StubUdp sameHost = StubUdp.open();
        StubUdp otherHost = StubUdp.at(2)) {
      int port = StubUdp.clientPort(with.bridge);
      sameHost.send(port, "forged on this address");
      otherHost.send(port, "forged on another");
      with.forward("genuine");
      assertThat(with.receive()).isEqualTo("genuine");
      assertThat(kind(() -> with.port.receive(SHORT))).isEqualTo(ErrorKind.TIMEOUT);
    }
  }

  @Test
  void aFloodThatNobodyReceivesIsBoundedAndCounted() throws IOException {
    try (DatagramFixture with = DatagramFixture.udp("3.1", DatagramFormat.RAW)) {
      byte[] large = repeated('x', 30_000);
      long most = DatagramQueue.MAX_BYTES / large.length;
      // the kernel may drop some as well
      while (with.port.dropped() < 100) {
        with.forward(large);
      }
      awaitQuiet(with);
      int kept = 0;
      try {
        while (true) {
          with.port.receive(SHORT);
          kept++;
        }
      } catch (I2pException e) {
        assertThat(e.kind()).isEqualTo(ErrorKind.TIMEOUT);
      }
      assertThat((long) kept).isBetween(most / 2, most + 1);
      with.forward("after it");
      assertThat(with.receive()).isEqualTo("after it");
    }
  }

  /** A destination may be ten times as long as usual, and whoever sends datagrams takes another one for each. */
  @Test
  void sendersThatNobodyReceivesAreBoundedAsWell() throws Exception {
    try (SocketChannel unused = SocketChannel.open()) {
      DatagramPorts ports = new DatagramPorts(datagram -> false);
      SamDatagramPort port = port(ports, unused);
      ForwardedDatagrams reader =
          new ForwardedDatagrams(ForwardedDatagrams.Layout.REPLIABLE, ports);
      for (int i = 0; i < DatagramQueue.MAX_DATAGRAMS; i++) {
        byte[] packet = (largestDestination(i) + "\nx").getBytes(StandardCharsets.US_ASCII);
        reader.take(packet, packet.length);
      }
      long kept = 0;
      for (var next = port.poll(); next.isPresent(); next = port.poll()) {
        kept += ((I2pDatagram.Authenticated) next.get()).from().toByteArray().length;
      }
      assertThat(kept).isBetween(DatagramQueue.MAX_BYTES / 2, DatagramQueue.MAX_BYTES);
      assertThat(port.dropped()).isPositive();
    }
  }

  @Test
  void oneSenderFillsTheQueueWithDatagramsAlone() throws Exception {
    try (SocketChannel unused = SocketChannel.open()) {
      DatagramPorts ports = new DatagramPorts(datagram -> false);
      SamDatagramPort port = port(ports, unused);
      ForwardedDatagrams reader =
          new ForwardedDatagrams(ForwardedDatagrams.Layout.REPLIABLE, ports);
      byte[] packet = (PEER.base64() + "\n" + "x".repeat(1000)).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < DatagramQueue.MAX_DATAGRAMS; i++) {
        reader.take(packet, packet.length);
      }
      assertThat(port.dropped()).isZero();
    }
  }

  private static SamDatagramPort port(DatagramPorts ports, SocketChannel unused)
      throws I2pException {
    SamDatagramPort port = new SamDatagramPort(
        DatagramOptions.of(DatagramFormat.REPLIABLE, 0),
        new DatagramSettings(SamVersion.V3_1, SamStyle.DATAGRAM),
        ports,
        new InBandTransport(
            new ControlWriter(unused),
            SamStyle.DATAGRAM,
            new DatagramLimits(SamStyle.DATAGRAM, SamVersion.V3_1),
            null));
    ports.add(port);
    return port;
  }

  private static String largestDestination(int number) {
    ByteBuffer bytes = ByteBuffer.allocate(KeysAndCert.MAX_LENGTH);
    bytes.putInt(number).position(KeysAndCert.CRYPTO_FIELD + KeysAndCert.SIGNING_FIELD);
    bytes.put((byte) KeysAndCert.CERTIFICATE_KEY).putShort((short) KeysAndCert.MAX_CERTIFICATE);
    bytes.putShort((short) SignatureType.ED25519.code());
    return I2pBase64.encode(bytes.array());
  }

  /** What the kernel still had has been read as well. */
  private static void awaitQuiet(DatagramFixture with) {
    long[] seen = {with.port.dropped(), System.nanoTime()};
    StubBridge.await("the flood to end", () -> {
      if (with.port.dropped() != seen[0]) {
        seen[0] = with.port.dropped();
        seen[1] = System.nanoTime();
      }
      return System.nanoTime() - seen[1] > SETTLED.toNanos();
    });
  }

  @Test
  void aRouterWithoutAUdpPortIsNamedWithTheWayAround() throws IOException {
    try (DatagramFixture with = DatagramFixture.udp("3.1", DatagramFormat.RAW)) {
      with.udp.close();
      // the kernel tells at the next packet
      I2pException failure = Fixture.failure(() -> {
        for (int i = 0; i < 1000; i++) {
          with.port.send(TO_PEER, new byte[] {1}, SendOptions.defaults());
        }
      });
      assertThat(failure.kind()).isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
      assertThat(failure).hasMessageContainingAll("udp-port", "datagrams=in-band");
      assertThat(with.session.status().state()).isEqualTo(SessionStatus.State.ONLINE);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REPLIABLE", "RAW"})
  void aLostSessionEndsItsReceives(DatagramFormat format) throws Exception {
    try (DatagramFixture with = DatagramFixture.udp("3.1", format)) {
      CompletableFuture<ErrorKind> outcome = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> outcome.complete(kind(with::receive)));
      with.control().close();
      assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(ErrorKind.SESSION_LOST);
      assertThat(kind(() -> with.port.send(TO_PEER, new byte[1], SendOptions.defaults())))
          .isEqualTo(ErrorKind.SESSION_LOST);
    }
  }

  @Test
  void theDriverItselfSaysWhyItEnded() throws Exception {
    try (StubBridge bridge = StubBridge.speaking("3.1");
        StubUdp udp = StubUdp.open()) {
      var session = new SamProvider()
          .connect(new RouterRequest(udp.uri(bridge), Optional.empty()), new Call())
          .open(config().protocols(Protocol.RAW).build(), Fixture.KEYS, lost -> {}, new Call());
      var port = session.datagrams(DatagramOptions.of(DatagramFormat.RAW, 0), new Call());
      CompletableFuture<ErrorKind> outcome = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> outcome.complete(kind(() -> port.receive(new Call()))));
      bridge.awaitConnection("SESSION CREATE").close();
      assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(ErrorKind.SESSION_LOST);
      assertThat(
              kind(() -> session.datagrams(DatagramOptions.of(DatagramFormat.RAW, 0), new Call())))
          .isEqualTo(ErrorKind.SESSION_LOST);
      session.close();
    }
  }

  @Test
  void nothingIsLeftOfASessionThatIsClosedOrWasRefused() throws Exception {
    try (StubBridge bridge = StubBridge.speaking("3.1");
        StubUdp udp = StubUdp.open();
        I2p i2p = I2p.connect(udp.uri(bridge))) {
      i2p.open(config().protocols(Protocol.RAW).build()).close();
      bridge.on("SESSION CREATE", StubBridge.reply("SESSION STATUS RESULT=DUPLICATED_ID\n"));
      assertThat(kind(() -> i2p.open(config().protocols(Protocol.RAW).build())))
          .isEqualTo(ErrorKind.ID_IN_USE);
      StubBridge.await(
          "the threads to end",
          () -> Thread.getAllStackTraces().keySet().stream()
              .noneMatch(thread -> thread.getName().startsWith("allium-datagrams-")));
    }
  }

  @Test
  void anInterruptedSendLeavesTheSocketOpen() throws Exception {
    try (DatagramFixture with = DatagramFixture.udp("3.1", DatagramFormat.RAW)) {
      CompletableFuture<ErrorKind> outcome = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> {
        Thread.currentThread().interrupt();
        outcome.complete(kind(() -> with.port.send(TO_PEER, new byte[1], SendOptions.defaults())));
      });
      assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(ErrorKind.INTERRUPTED);
      with.port.send(TO_PEER, new byte[] {'!'}, SendOptions.defaults());
      assertThat(with.udp.receive()).endsWith((byte) '\n', (byte) '!');
    }
  }
}
