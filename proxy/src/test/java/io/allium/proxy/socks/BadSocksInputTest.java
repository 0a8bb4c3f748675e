package io.allium.proxy.socks;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.Hostname;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import io.allium.guard.ResolverGuard;
import io.allium.memory.Faults;
import io.allium.memory.MemoryNetwork;
import io.allium.proxy.Footprint;
import io.allium.proxy.ProxyOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a program does wrong: what it is told, and what it leaves behind, which is nothing. */
class BadSocksInputTest {
  private static final int LIMIT_MILLIS = (int) TimeUnit.SECONDS.toMillis(20);
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final String RESET = "reset";
  private static final int MOVES_EACH_MILLIS = 5;

  private final MemoryNetwork network = MemoryNetwork.create();

  @AfterEach
  void close() {
    network.close();
    assertThat(ResolverGuard.refused()).isEmpty();
  }

  /** {@code name(…)} stands for the length and the letters of a name. */
  private static byte[] bytes(String hex) {
    String all = hex.replace(" ", "");
    int from = all.indexOf("name(");
    if (from >= 0) {
      int end = all.indexOf(')', from);
      byte[] name = all.substring(from + 5, end).getBytes(StandardCharsets.ISO_8859_1);
      HexFormat format = HexFormat.of();
      all = all.substring(0, from)
          + format.toHexDigits((byte) name.length)
          + format.formatHex(name)
          + all.substring(end + 1);
    }
    return HexFormat.of().parseHex(all);
  }

  /** Everything that is answered, in hexadecimal. */
  private static String told(SocksProxy by, byte[] request) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.connect(by.localAddress());
      socket.getOutputStream().write(request);
      return HexFormat.of().formatHex(socket.getInputStream().readAllBytes());
    } catch (SocketException e) {
      return RESET;
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a name of the internet, 050100 05010003 name(example.com) 0050,           0500 0502",
    "a name like one of I2P, 050100 05010003 name(echo.i2p.example.com) 0050,  0500 0502",
    "this machine,           050100 05010003 name(localhost) 0050,             0500 0502",
    "IPv4 in binary,         050100 05010001 7f000001 0050,                    0500 0508",
    "IPv6 in binary,         050100 05010004 00000000000000000000000000000001 0050, 0500 0508",
    "dotted IPv4,            050100 05010003 name(127.0.0.1) 0050,             0500 0508",
    "dotted IPv4 with end,   050100 05010003 name(127.0.0.1.) 0050,            0500 0508",
    "short IPv4,             050100 05010003 name(127.1) 0050,                 0500 0508",
    "IPv4 as a number,       050100 05010003 name(2130706433) 0050,            0500 0508",
    "hexadecimal IPv4,       050100 05010003 name(0x7f.0.0.1) 0050,            0500 0508",
    "octal IPv4,             050100 05010003 name(0177.0.0.1) 0050,            0500 0508",
    "IPv6,                   050100 05010003 name(::1) 0050,                   0500 0508",
    "IPv6 in brackets,       050100 05010003 name([::ffff:127.0.0.1]) 0050,    0500 0508",
    "a name nobody knows,    050100 05010003 name(unknown.i2p) 0050,           0500 0504",
    "nobody listens there,   050100 05010003 name(echo.i2p) 0050,              0500 0505",
    "UDP,                    050100 05030003 name(echo.i2p) 0050,              0500 0507",
    "SOCKS 4 with IPv4,      0401 0050 7f000001 00,                            005b",
    "no way to log in,       050180,                                           05ff",
    "HTTP,                   474554202f20485454502f312e310d0a,                 ''",
  })
  void whatIsRefusedLeavesNothing(String what, String request, String answer) throws Exception {
    try (I2p i2p = I2p.connect(network.uri());
        I2pSession session = i2p.open();
        SocksProxy proxy = SocksProxy.open(i2p)) {
      network.addName(Hostname.parse("echo.i2p"), session.destination());
      told(proxy, bytes("050100 05010003 name(echo.i2p) 0050"));
      Footprint before = Footprint.take();
      for (int i = 0; i < Footprint.TIMES; i++) {
        String told = told(proxy, bytes(request));
        assertThat(told.substring(
                0, Math.min(told.length(), answer.replace(" ", "").length())))
            .isEqualTo(answer.replace(" ", ""));
        assertThat(told.isEmpty()).isEqualTo(answer.isEmpty());
      }
      before.awaitReturn();
      assertThat(i2p.sessions()).as("the service's session and the proxy's").hasSize(2);
    }
  }

  @Test
  void slowProgramsAreCutOff() throws Exception {
    try (I2p i2p = I2p.connect(network.uri());
        SocksProxy hasty =
            SocksProxy.open(i2p, ANY, ProxyOptions.defaults(), Duration.ofMillis(50))) {
      byte[] some = bytes("0501");
      assertThat(told(hasty, some)).isEqualTo(RESET);
      Footprint before = Footprint.take();
      for (int i = 0; i < Footprint.TIMES; i++) {
        assertThat(told(hasty, some)).isEqualTo(RESET);
      }
      before.awaitReturn();
      assertThat(i2p.sessions()).isEmpty();
    }
  }

  @Test
  void peersThatNeverAnswerAreGivenUp() throws Exception {
    try (MemoryNetwork far = MemoryNetwork.builder()
            .manualClock()
            .faults(Faults.none().withLatency(Duration.ofDays(1), Duration.ZERO))
            .build();
        I2p i2p = I2p.connect(far.uri());
        I2pSession silent = i2p.open();
        I2pAcceptor acceptor = silent.listen(0);
        SocksProxy proxy = SocksProxy.open(i2p)) {
      byte[] request =
          bytes("050100 05010003 name(" + silent.destination().base32().text() + ") 0050");
      assertThat(lateAnswer(far, proxy, request)).startsWith("05000506");
      Footprint before = Footprint.take();
      for (int i = 0; i < Footprint.TIMES; i++) {
        assertThat(lateAnswer(far, proxy, request)).startsWith("05000506");
      }
      before.awaitReturn();
    }
  }

  /** Whoever begins to wait after the clock was moved waits for its next move. */
  private static String lateAnswer(MemoryNetwork on, SocksProxy proxy, byte[] request)
      throws Exception {
    FutureTask<String> asked = new FutureTask<>(() -> told(proxy, request));
    Thread.ofVirtual().start(asked);
    while (true) {
      on.advance(Duration.ofMinutes(2));
      try {
        return asked.get(MOVES_EACH_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // it waits for the next move
      }
    }
  }
}
