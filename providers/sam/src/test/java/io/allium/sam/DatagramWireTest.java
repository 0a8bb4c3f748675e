package io.allium.sam;

import static io.allium.sam.Fixture.KEYS;
import static io.allium.sam.Fixture.PEER;
import static io.allium.sam.Fixture.TO_PEER;
import static io.allium.sam.Fixture.failure;
import static io.allium.sam.Fixture.kind;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DatagramOptions;
import io.allium.ErrorKind;
import io.allium.I2pAddress;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.Protocol;
import io.allium.SendOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The bytes of datagrams by UDP, typed from SAM v3, "SAM Datagrams". */
class DatagramWireTest {
  private static final byte[] HELLO = {'h', 'i', '\n', 0, (byte) 0xff};

  private static byte[] packet(String line) {
    byte[] text = line.getBytes(StandardCharsets.US_ASCII);
    byte[] packet = java.util.Arrays.copyOf(text, text.length + HELLO.length);
    System.arraycopy(HELLO, 0, packet, text.length, HELLO.length);
    return packet;
  }

  @ParameterizedTest(name = "SAM {0}, {1}: STYLE={2}, {3}")
  @CsvSource({
    "3.1, DATAGRAM, DATAGRAM, ''",
    "3.1, RAW, RAW, ''",
    "3.2, DATAGRAM, DATAGRAM, ''",
    "3.2, RAW, RAW, ' HEADER=true'",
    "3.3, RAW, RAW, ' HEADER=true'"
  })
  void aSessionNamesItsSocket(String version, Protocol format, String style, String more)
      throws IOException {
    try (DatagramFixture with = DatagramFixture.udp(version, format)) {
      assertThat(with.create())
          .startsWith("SESSION CREATE STYLE=" + style + " ID=allium-")
          .contains(" DESTINATION=" + KEYS.exportBase64() + " SIGNATURE_TYPE=7 PORT="
              + StubUdp.clientPort(with.bridge) + " HOST=127.0.0.1" + more + " inbound.");
    }
  }

  @ParameterizedTest(name = "SAM {0}: a line that starts with {1}")
  @CsvSource({"3.1, 3.0", "3.2, 3.2", "3.3, 3.3"})
  void aDatagramIsOnePacketWithTheHeaderOfTheVersion(String version, String said)
      throws IOException {
    for (Protocol format : new Protocol[] {Protocol.DATAGRAM, Protocol.RAW}) {
      try (DatagramFixture with = DatagramFixture.udp(version, format)) {
        for (int i = 0; i < 2; i++) {
          with.port.send(TO_PEER, HELLO, SendOptions.defaults());
          assertThat(with.udp.receive())
              .isEqualTo(packet(said + " " + with.id() + " " + PEER.base64() + "\n"));
        }
        with.port.send(
            I2pAddress.of(KEYS.destination(), 0), new byte[] {7}, SendOptions.defaults());
        assertThat(with.udp.receive())
            .asString(StandardCharsets.ISO_8859_1)
            .isEqualTo(said + " " + with.id() + " " + KEYS.destination().base64() + "\n\u0007");
      }
    }
  }

  @Test
  void portsAndOptionsAreSaidWhereTheVersionHasThem() throws IOException {
    try (DatagramFixture with = DatagramFixture.udp("3.3", Protocol.RAW)) {
      SendOptions options = SendOptions.builder()
          .ports(1, 65535)
          .number(200)
          .sendTags(3)
          .tagThreshold(2)
          .expires(Duration.ofSeconds(9))
          .sendLeaseSet(false)
          .build();
      with.port.send(TO_PEER, HELLO, options);
      assertThat(with.udp.receive())
          .isEqualTo(packet("3.3 " + with.id() + " " + PEER.base64()
              + " FROM_PORT=1 TO_PORT=65535 PROTOCOL=200 SEND_TAGS=3 TAG_THRESHOLD=2 EXPIRES=9"
              + " SEND_LEASESET=false\n"));
      try (var seven = with.session.datagrams(DatagramOptions.of(Protocol.RAW, 7))) {
        seven.send(I2pAddress.of(PEER, 9), HELLO, SendOptions.defaults());
        assertThat(with.udp.receive())
            .isEqualTo(
                packet("3.3 " + with.id() + " " + PEER.base64() + " FROM_PORT=7 TO_PORT=9\n"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DATAGRAM", "RAW"})
  void whatAnOldRouterDoesNotHaveIsRefusedWithAdvice(Protocol format) throws IOException {
    try (DatagramFixture with = DatagramFixture.udp("3.1", format)) {
      DatagramOptions seven = DatagramOptions.of(format, 7);
      I2pException port = failure(() -> with.session.datagrams(seven));
      assertThat(port.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
      assertThat(port).hasMessageContaining("use port 0");
      SendOptions none = SendOptions.defaults();
      assertThat(kind(() -> with.port.send(I2pAddress.of(PEER, 1), HELLO, none)))
          .isEqualTo(ErrorKind.UNSUPPORTED);
      assertThat(kind(() ->
              with.port.send(TO_PEER, HELLO, SendOptions.builder().ports(1, 0).build())))
          .isEqualTo(ErrorKind.UNSUPPORTED);
      assertThat(kind(() -> with.port.send(
              TO_PEER, HELLO, SendOptions.builder().sendLeaseSet(true).build())))
          .isEqualTo(ErrorKind.UNSUPPORTED);
      assertThat(kind(() ->
              with.port.send(TO_PEER, HELLO, SendOptions.builder().number(200).build())))
          .isEqualTo(format == Protocol.RAW ? ErrorKind.UNSUPPORTED : ErrorKind.CONFIG_INVALID);
      with.port.send(TO_PEER, HELLO, SendOptions.builder().ports(0, 0).build());
      assertThat(with.udp.receive())
          .as("nothing before it was sent")
          .isEqualTo(packet("3.0 " + with.id() + " " + PEER.base64() + "\n"));
    }
  }

  @ParameterizedTest
  @CsvSource({"3.1, '', 0, 0", "3.3, ' FROM_PORT=5 TO_PORT=0', 5, 0"})
  void aRepliableDatagramTellsItsSender(String version, String ports, int from, int to)
      throws IOException {
    try (DatagramFixture with = DatagramFixture.udp(version, Protocol.DATAGRAM)) {
      for (int i = 0; i < 2; i++) {
        with.forward(packet(PEER.base64() + ports + "\n"));
        I2pDatagram.Authenticated arrived =
            (I2pDatagram.Authenticated) with.port.receive(DatagramFixture.PATIENCE);
        assertThat(arrived.from()).isEqualTo(PEER);
        assertThat(arrived.payload()).isEqualTo(HELLO);
        assertThat(arrived.protocol()).isEqualTo(17);
        assertThat(arrived.fromPort()).isEqualTo(from);
        assertThat(arrived.toPort()).isEqualTo(to);
      }
      with.forward(KEYS.destination().base64() + "\r\nx");
      assertThat(with.port.receive(DatagramFixture.PATIENCE))
          .isInstanceOfSatisfying(
              I2pDatagram.Authenticated.class,
              other -> assertThat(other.from()).isEqualTo(KEYS.destination()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3.1, '', 0, 0, 18",
    "3.2, 'FROM_PORT=5 TO_PORT=6 PROTOCOL=18\n', 5, 6, 18",
    "3.3, '', 0, 0, 18" // i2pd since 2.58
  })
  void aRawDatagramTellsItsPortsWhereItHasAny(
      String version, String line, int from, int to, int protocol) throws IOException {
    try (DatagramFixture with = DatagramFixture.udp(version, Protocol.RAW)) {
      with.forward(packet(line));
      I2pDatagram arrived = with.port.receive(DatagramFixture.PATIENCE);
      assertThat(arrived).isInstanceOf(I2pDatagram.Raw.class);
      assertThat(arrived.payload()).isEqualTo(HELLO);
      assertThat(arrived.fromPort()).isEqualTo(from);
      assertThat(arrived.toPort()).isEqualTo(to);
      assertThat(arrived.protocol()).isEqualTo(protocol);
    }
  }

  @Test
  void anExactPortBeatsPortZeroAndIsOpenOnce() throws IOException {
    try (DatagramFixture with = DatagramFixture.udp("3.2", Protocol.DATAGRAM);
        var seven = with.session.datagrams(DatagramOptions.of(Protocol.DATAGRAM, 7))) {
      for (int port = 6; port <= 8; port++) {
        with.forward(PEER.base64() + " FROM_PORT=0 TO_PORT=" + port + "\n" + port);
      }
      assertThat(with.receive()).isEqualTo("6");
      assertThat(with.receive()).isEqualTo("8");
      assertThat(seven.receive(DatagramFixture.PATIENCE).payload()).asString().isEqualTo("7");
      DatagramOptions again =
          DatagramOptions.builder(Protocol.DATAGRAM).localPort(1).listenPort(7).build();
      assertThat(kind(() -> with.session.datagrams(again))).isEqualTo(ErrorKind.CONFIG_INVALID);
      seven.close();
      with.session.datagrams(again).close();
    }
  }

  @ParameterizedTest
  @CsvSource({"3.1, DATAGRAM, 31744", "3.1, RAW, 31744", "3.2, DATAGRAM, 31744", "3.3, RAW, 32768"})
  void theLargestPayloadIsSentWholeAndALargerOneRefused(String version, Protocol format, int max)
      throws IOException {
    try (DatagramFixture with = DatagramFixture.udp(version, format)) {
      assertThat(with.port.maxPayload()).isEqualTo(max);
      I2pException failure =
          failure(() -> with.port.send(TO_PEER, new byte[max + 1], SendOptions.defaults()));
      assertThat(failure.kind()).isEqualTo(ErrorKind.MESSAGE_TOO_LARGE);
      assertThat(failure).hasMessageContaining("" + max);
      assertThat(kind(() -> with.port.send(TO_PEER, new byte[0], SendOptions.defaults())))
          .isEqualTo(ErrorKind.UNSUPPORTED);
      byte[] payload = new byte[max];
      new java.util.Random(1).nextBytes(payload);
      with.port.send(TO_PEER, payload, SendOptions.defaults());
      byte[] packet = with.udp.receive();
      assertThat(java.util.Arrays.copyOfRange(packet, packet.length - max, packet.length))
          .isEqualTo(payload);
    }
  }

  @Test
  void aSessionCarriesOneFormatAndSaysHowToGetAnother() throws IOException {
    try (DatagramFixture with = DatagramFixture.udp("3.3", Protocol.DATAGRAM)) {
      I2pException raw = failure(() -> with.session.datagrams(DatagramOptions.of(Protocol.RAW, 0)));
      assertThat(raw.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
      assertThat(raw).hasMessageContaining("protocols(RAW)");
      I2pException stream = failure(() -> with.session.connect(TO_PEER));
      assertThat(stream.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
      assertThat(stream).hasMessageContaining("protocols(STREAM)");
      assertThat(kind(() -> with.i2p.open(
              Fixture.config().protocols(Protocol.DATAGRAM, Protocol.RAW).build())))
          .isEqualTo(ErrorKind.UNSUPPORTED);
      assertThat(kind(
              () -> with.i2p.open(Fixture.config().protocols(Protocol.DATAGRAM2).build())))
          .isEqualTo(ErrorKind.UNSUPPORTED);
    }
  }
}
