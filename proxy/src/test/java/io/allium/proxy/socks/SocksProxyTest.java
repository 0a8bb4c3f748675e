package io.allium.proxy.socks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.Hostname;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.guard.ResolverGuard;
import io.allium.memory.MemoryNetwork;
import io.allium.proxy.ProxyOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocksProxyTest {
  private static final int LIMIT_MILLIS = (int) TimeUnit.SECONDS.toMillis(20);

  private final MemoryNetwork network = MemoryNetwork.create();
  private I2p i2p;
  private I2pSession server;
  private I2pAcceptor acceptor;
  private SocksProxy proxy;

  @BeforeEach
  void open() throws IOException {
    i2p = I2p.connect(network.uri());
    server = i2p.open();
    acceptor = server.listen(0);
    network.addName(Hostname.parse("echo.i2p"), server.destination());
    proxy = SocksProxy.open(i2p);
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    i2p.close();
    network.close();
    assertThat(ResolverGuard.refused()).isEmpty();
  }

  private Socket dial() throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(LIMIT_MILLIS);
    socket.connect(proxy.localAddress());
    return socket;
  }

  private static void send(Socket socket, String hex) throws IOException {
    socket.getOutputStream().write(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  private static String receive(Socket socket, int count) throws IOException {
    return HexFormat.of().formatHex(socket.getInputStream().readNBytes(count));
  }

  private static String name(String host) {
    return HexFormat.of().formatHex(host.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The request of SOCKS 5 for a host and port 80, log-in left out. */
  private static String request(String host) {
    return "05010003" + HexFormat.of().toHexDigits((byte) host.length()) + name(host) + "0050";
  }

  private void answer(I2pStream stream) throws IOException {
    try (stream) {
      stream.output().write(stream.input().readNBytes(4));
    }
  }

  @Test
  void theJdkSpeaksToAnI2pServiceByName() throws Exception {
    Proxy socks = new Proxy(Proxy.Type.SOCKS, proxy.localAddress());
    for (String host : new String[] {"echo.i2p", server.destination().base32().text()}) {
      try (Socket socket = new Socket(socks)) {
        socket.setSoTimeout(LIMIT_MILLIS);
        socket.connect(InetSocketAddress.createUnresolved(host, 7));
        socket.getOutputStream().write("ping".getBytes(StandardCharsets.US_ASCII));
        I2pStream stream = acceptor.accept();
        assertThat(stream.local().port()).isEqualTo(7);
        answer(stream);
        assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("ping");
      }
    }
  }

  @Test
  void whatFollowsARequestAtOnceIsTheStreams() throws Exception {
    try (Socket socket = dial()) {
      send(socket, "0401 0050 00000001 00" + name("echo.i2p") + "00" + name("ping"));
      assertThat(receive(socket, 8)).isEqualTo("005a000000000000");
      answer(acceptor.accept());
      assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("ping");
    }
  }

  @Test
  void aUserNameIsAnAddressOfItsOwn() throws Exception {
    assertThat(addressOf("050102 010161 00")).isEqualTo(addressOf("050102 010161 00"));
    assertThat(addressOf("050102 010161 00")).isNotEqualTo(addressOf("050102 010162 00"));
    assertThat(addressOf("050102 01012d 00")).isNotEqualTo(addressOf("050102 0100 00"));
  }

  private String addressOf(String login) throws Exception {
    try (Socket socket = dial()) {
      send(socket, login + request("echo.i2p"));
      assertThat(receive(socket, 4)).isEqualTo("05020100");
      assertThat(receive(socket, 10)).startsWith("0500");
      try (I2pStream stream = acceptor.accept()) {
        return stream.peer().base32().text();
      }
    }
  }

  /** Table P14: no address of the internet, in whatever form it comes. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "127.0.0.1, 08",
    "127.1, 08",
    "2130706433, 08",
    "0x7f000001, 08",
    "0177.0.0.1, 08",
    "[::1], 08",
    "::ffff:7f00:1, 08",
    "example.com, 02",
    "localhost, 02",
    "i2p, 02",
    "echo.i2p.example.com, 02",
    "two..dots.i2p, 04",
    "unknown.i2p, 04",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.b32.i2p, 04",
  })
  void whatIsNotReachableOnI2pIsToldByItsCode(String host, String code) throws Exception {
    try (Socket socket = dial()) {
      send(socket, "050100" + request(host));
      assertThat(receive(socket, 2)).isEqualTo("0500");
      assertThat(receive(socket, 10))
          .isEqualTo("05" + code + "00 0100000000 0000".replace(" ", ""));
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(i2p.sessions()).as("no session was opened for what is no name").hasSizeLessThan(3);
  }

  @Test
  void aServiceThatRefusesIsTold() throws Exception {
    acceptor.close();
    try (Socket socket = dial()) {
      send(socket, "050100" + request("echo.i2p"));
      assertThat(receive(socket, 12)).startsWith("05000505");
    }
  }

  @Test
  void aRefusalArrivesAlthoughMoreWasSent() throws Exception {
    try (Socket socket = dial()) {
      send(socket, "050100 05020003");
      OutputStream output = socket.getOutputStream();
      output.write(new byte[1000]);
      assertThat(receive(socket, 12)).startsWith("05000507");
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aHandshakeThatDoesNotEndIsCutOff() throws Exception {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (SocksProxy hasty =
            SocksProxy.open(i2p, any, ProxyOptions.defaults(), Duration.ofMillis(50));
        Socket socket = new Socket()) {
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.connect(hasty.localAddress());
      send(socket, "05");
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
    }
  }

  private static boolean isOver(I2pStream stream) {
    try {
      return stream.input().read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void closingEndsWhatItCarries() throws Exception {
    try (Socket socket = dial()) {
      send(socket, "050100" + request("echo.i2p"));
      assertThat(receive(socket, 12)).startsWith("05000500");
      try (I2pStream stream = acceptor.accept()) {
        proxy.close();
        proxy.close();
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
        assertThat(isOver(stream)).isTrue();
      }
    }
  }
}
