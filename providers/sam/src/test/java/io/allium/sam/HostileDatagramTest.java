package io.allium.sam;

import static io.allium.sam.Fixture.KEYS;
import static io.allium.sam.Fixture.PEER;
import static io.allium.sam.Fixture.TO_PEER;
import static io.allium.sam.Fixture.config;
import static io.allium.sam.Fixture.kind;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DatagramOptions;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.Protocol;
import io.allium.SendOptions;
import io.allium.SessionStatus;
import io.allium.SignatureType;
import io.allium.protocol.structures.I2pBase64;
import io.allium.protocol.structures.KeysAndCert;
import io.allium.spi.Arrived;
import io.allium.spi.SendRequest;
import io.allium.spi.SessionSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What anybody on this machine, or on I2P, may send to a datagram session: it is dropped, and the session lives. */
class HostileDatagramTest {
  private static byte[] repeated(char c, int count) {
    return String.valueOf(c).repeat(count).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void packetsThatAreNoRepliableDatagramAreDropped() throws IOException {
    String peer = PEER.base64();
    try (DatagramFixture with = DatagramFixture.udp("3.3", Protocol.DATAGRAM)) {
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
  void packetsWithABrokenHeaderAreDropped() throws IOException {
    try (DatagramFixture with = DatagramFixture.udp("3.2", Protocol.RAW)) {
      for (String packet : new String[] {
        "",
        "FROM_PORT=1 and no newline",
        "FROM_PORT=1 TO_PORT=0 PROTOCOL=256\nx",
        "FROM_PORT=x\nx",
        "FROM_PORT=" + "1".repeat(7000) + "\nx"
      }) {
        with.forward(packet);
      }
      with.forward("FROM_PORT=0 TO_PORT=0 PROTOCOL=18\nalive");
      assertThat(with.receive()).isEqualTo("alive");
    }
  }

  @Test
  void whatIsMalformedIsNotDelivered() {
    Collected arrived = new Collected();
    ForwardedDatagrams reader = arrived.reader();
    byte[] whole = (PEER.base64() + "\nx").getBytes(StandardCharsets.US_ASCII);
    reader.take(repeated('A', 600), 600);
    reader.take(whole, 100);
    assertThat(arrived.all).isEmpty();
    reader.take(whole, whole.length);
    assertThat(arrived.all).hasSize(1);
  }

  /** What a reader delivered. */
  private static final class Collected implements SessionSink {
    final List<Arrived.Checked> all = new ArrayList<>();

    ForwardedDatagrams reader() {
      return new ForwardedDatagrams(
          ForwardedDatagrams.Layout.REPLIABLE, new ArrivedDatagrams(this, SelfDatagram.NONE));
    }

    @Override
    public void lost(I2pException cause) {
      throw new AssertionError(cause);
    }

    @Override
    public void datagram(Arrived arrived) {
      all.add((Arrived.Checked) arrived);
    }

    @Override
    public void batchEnd() {}
  }

  @Test
  void onlyTheBridgesUdpPortIsListenedTo() throws IOException {
    try (DatagramFixture with = DatagramFixture.udp("3.1", Protocol.RAW);
        StubUdp sameHost = StubUdp.open();
        StubUdp otherHost = StubUdp.at(2)) {
      int port = StubUdp.clientPort(with.bridge);
      sameHost.send(port, "forged on this address");
      otherHost.send(port, "forged on another");
      with.forward("genuine");
      assertThat(with.receive()).isEqualTo("genuine");
      with.forward("the next one");
      assertThat(with.receive()).isEqualTo("the next one");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX) // whose kernel tells when all was read
  void aFloodThatNobodyReceivesIsBoundedAndCounted() throws IOException {
    try (DatagramFixture with = DatagramFixture.udp("3.1", Protocol.RAW)) {
      byte[] large = repeated('x', 30_000);
      long most = DatagramOptions.MAX_WAITING_BYTES / large.length;
      // the kernel may drop some as well
      while (with.port.dropped() < 100) {
        with.forward(large);
      }
      int port = StubUdp.clientPort(with.bridge);
      StubBridge.await("the flood to be read", () -> isAllRead(port));
      with.forward("after it");
      int kept = 0;
      while (!with.receive().equals("after it")) {
        kept++;
      }
      assertThat((long) kept).isBetween(most / 2, most + 1);
    }
  }

  /** Whether the kernel has nothing for a local UDP port of ours. */
  private static boolean isAllRead(int port) {
    String local = String.format(":%04X", port);
    try (Stream<String> sockets = Files.lines(Path.of("/proc/net/udp"))) {
      return sockets
          .map(line -> line.trim().split("\\s+"))
          .filter(fields -> fields[1].endsWith(local))
          .allMatch(fields -> fields[4].endsWith(":00000000"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A destination may be ten times as long as usual, and whoever sends datagrams takes another one for each. */
  @Test
  void aSenderThatIsKeptForADatagramCostsItsRoom() {
    Collected arrived = new Collected();
    ForwardedDatagrams reader = arrived.reader();
    for (int i = 0; i < DatagramOptions.MAX_WAITING; i++) {
      byte[] packet = (largestDestination(i) + "\nx").getBytes(StandardCharsets.US_ASCII);
      reader.take(packet, packet.length);
    }
    assertThat(arrived.all).hasSize(DatagramOptions.MAX_WAITING).allSatisfy(checked -> {
      var from = ((I2pDatagram.Authenticated) checked.datagram()).from();
      assertThat(checked.size())
          .isBetween(from.toByteArray().length, 2 * from.toByteArray().length);
    });
  }

  @Test
  void oneSenderFillsTheQueueWithDatagramsAlone() {
    Collected arrived = new Collected();
    ForwardedDatagrams reader = arrived.reader();
    byte[] packet = (PEER.base64() + "\n" + "x".repeat(1000)).getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < DatagramOptions.MAX_WAITING; i++) {
      reader.take(packet, packet.length);
    }
    assertThat(arrived.all.stream().mapToLong(Arrived.Checked::size).sum())
        .isLessThan(DatagramOptions.MAX_WAITING * 1001L)
        .isLessThan(DatagramOptions.MAX_WAITING_BYTES);
  }

  private static String largestDestination(int number) {
    ByteBuffer bytes = ByteBuffer.allocate(KeysAndCert.MAX_LENGTH);
    bytes.putInt(number).position(KeysAndCert.CRYPTO_FIELD + KeysAndCert.SIGNING_FIELD);
    bytes.put((byte) KeysAndCert.CERTIFICATE_KEY).putShort((short) KeysAndCert.MAX_CERTIFICATE);
    bytes.putShort((short) SignatureType.ED25519.code());
    return I2pBase64.encode(bytes.array());
  }

  @Test
  void aRouterWithoutAUdpPortIsNamedWithTheWayAround() throws IOException {
    try (DatagramFixture with = DatagramFixture.udp("3.1", Protocol.RAW)) {
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
  @EnumSource(names = {"DATAGRAM", "RAW"})
  void aLostSessionEndsItsReceives(Protocol format) throws Exception {
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
      CompletableFuture<I2pException> lost = new CompletableFuture<>();
      var session = Drivers.open(udp.uri(bridge), new HandTime(), Protocol.RAW, lost::complete);
      SendRequest request = new SendRequest(
          Protocol.RAW,
          Protocol.RAW.number(),
          PEER,
          0,
          0,
          ByteBuffer.wrap(new byte[1]),
          SendOptions.defaults());
      session.send(request);
      bridge.awaitConnection("SESSION CREATE").close();
      assertThat(lost.get(10, TimeUnit.SECONDS).kind()).isEqualTo(ErrorKind.SESSION_LOST);
      assertThat(kind(() -> session.send(request))).isEqualTo(ErrorKind.SESSION_LOST);
      Drivers.close(session);
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
    try (DatagramFixture with = DatagramFixture.udp("3.1", Protocol.RAW)) {
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
