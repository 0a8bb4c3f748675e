package io.allium.sam;

import static io.allium.sam.Fixture.TO_PEER;
import static io.allium.sam.Fixture.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where a bridge takes datagrams whose UDP port nobody names: i2pd before its TCP port, Java I2P at 7655. */
class UdpPortTest {
  /** An address of this machine that no other program uses. */
  private static final byte[] QUIET = {127, 0, 0, 77};

  private final InetAddress host = InetAddress.getByAddress(QUIET);
  private final StubBridge bridge = StubBridge.at(new InetSocketAddress(host, 0), "3.3");
  private final URI uri = URI.create("sam://127.0.0.77:" + bridge.port());

  UdpPortTest() throws IOException {}

  @AfterEach
  void close() {
    bridge.awaitAllClosed();
    bridge.close();
  }

  @AfterAll
  static void noThreadIsLeft() {
    LiveThreads.awaitNone();
  }

  private StubUdp listen(int port) throws IOException {
    return StubUdp.at(new InetSocketAddress(host, port));
  }

  private interface Use {
    void of(DatagramPort port) throws IOException;
  }

  private void withPort(Use use) throws IOException {
    try (I2p i2p = I2p.connect(uri);
        I2pSession session = i2p.open(config().protocols(Protocol.DATAGRAM).build());
        DatagramPort port = session.datagrams(DatagramOptions.of(Protocol.DATAGRAM, 0))) {
      use.of(port);
    }
  }

  /** The look whether somebody listens is an empty line. */
  private static String text(StubUdp udp) throws IOException {
    byte[] packet = udp.receive();
    while (packet.length == 1) {
      packet = udp.receive();
    }
    return new String(packet, StandardCharsets.ISO_8859_1);
  }

  private static void assertTaken(DatagramPort port, StubUdp udp) throws IOException {
    port.send(TO_PEER, new byte[] {'x'});
    assertThat(text(udp)).startsWith("3.3 allium-").endsWith("\nx");
  }

  @Test
  void itIsTheOneBeforeTheTcpPort() throws IOException {
    try (StubUdp before = listen(bridge.port() - 1);
        StubUdp usual = listen(SamAt.DEFAULT_UDP_PORT)) {
      withPort(port -> assertTaken(port, before));
      before.send(usual, "nothing came before this");
      assertThat(usual.receive()).asString().isEqualTo("nothing came before this");
    }
  }

  @Test
  void itIsTheUsualOneWhereNobodyListensBeforeTheTcpPort() throws IOException {
    try (StubUdp usual = listen(SamAt.DEFAULT_UDP_PORT)) {
      withPort(port -> {
        assertTaken(port, usual);
        assertTaken(port, usual);
      });
    }
  }

  @Test
  void aSendTellsThatNobodyListensAtEither() throws IOException {
    withPort(port -> {
      AtomicReference<I2pException> told = new AtomicReference<>();
      StubBridge.await("the kernel to tell", () -> {
        try {
          port.send(TO_PEER, new byte[] {'x'});
        } catch (I2pException e) {
          told.set(e);
        }
        return told.get() != null;
      });
      assertThat(told.get().kind()).isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
      assertThat(told.get()).hasMessageContainingAll("nothing listens", "udp-port", "in-band");
    });
  }
}
