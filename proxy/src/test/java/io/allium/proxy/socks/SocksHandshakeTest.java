package io.allium.proxy.socks;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.proxy.ProxyOptions;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 1928, RFC 1929 and SOCKS 4A, byte for byte. */
class SocksHandshakeTest {
  private static final ProxyOptions OPEN = ProxyOptions.defaults();
  private static final ProxyOptions LOCKED =
      ProxyOptions.builder().password("pw".toCharArray()).build();

  private final ByteArrayOutputStream answers = new ByteArrayOutputStream();

  /** Feeds it until it is over or the text ends; how many bytes it took. */
  private int feed(SocksHandshake handshake, String hex) {
    byte[] all = HexFormat.of().parseHex(hex.replace(" ", ""));
    int at = 0;
    while (handshake.wanted() > 0 && at + handshake.wanted() <= all.length) {
      byte[] next = Arrays.copyOfRange(all, at, at + handshake.wanted());
      at += next.length;
      answers.writeBytes(handshake.take(next));
    }
    return at;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "SOCKS 5,       050100 05010003 05 612e693270 0050,             0500,     5, a.i2p, 80, ''",
    "log-in,        05020002 0101750131 05010003 05 612e693270 01bb, 05020100, 5, a.i2p, 443, u",
    "no password,   050102 01017500 05010003 05 612e693270 ffff,    05020100, 5, a.i2p, 65535, u",
    "no user name,  050102 010000 05010003 05 612e693270 0000,      05020100, 5, a.i2p, 0, ''",
    "SOCKS 4A,      0401 0050 00000001 00 612e69327000,             '',       4, a.i2p, 80, ''",
    "4A with user,  0401 0050 00000007 7500 612e69327000,           '',       4, a.i2p, 80, u",
  })
  void aRequestIsRead(
      String what, String hex, String answer, int version, String host, int port, String user) {
    SocksHandshake handshake = new SocksHandshake(OPEN);
    int length = hex.replace(" ", "").length() / 2;
    assertThat(feed(handshake, hex + "cafe")).as("what follows is the stream's").isEqualTo(length);
    assertThat(handshake.request()).contains(new SocksRequest(version, host, port, user));
    assertThat(HexFormat.of().formatHex(answers.toByteArray())).isEqualTo(answer);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "HTTP,                   474554202f,                           ''",
    "TLS,                    16030100,                             ''",
    "no methods,             0500,                                 05ff",
    "unknown method,         050101,                               05ff",
    "log-in version,         050102 0200,                          0502 0101",
    "request version,        050100 04010003,                      0500 0501000100000000 0000",
    "BIND,                   050100 05020003,                      0500 0507000100000000 0000",
    "UDP ASSOCIATE,          050100 05030001,                      0500 0507000100000000 0000",
    "unknown command,        050100 05ff0003,                      0500 0507000100000000 0000",
    "IPv4,                   050100 05010001 7f000001 0050,        0500 0508000100000000 0000",
    "IPv6,                   050100 05010004 00000000000000000000000000000001 0050, 0500 0508000100000000 0000",
    "unknown kind,           050100 05010002,                      0500 0508000100000000 0000",
    "empty name,             050100 05010003 00,                   0500 0501000100000000 0000",
    "SOCKS 4 with address,   0401 0050 7f000001 00,                005b000000000000",
    "SOCKS 4 with 0.0.0.0,   0401 0050 00000000 00,                005b000000000000",
    "SOCKS 4 BIND,           0402 0050 00000001 00,                005b000000000000",
    "SOCKS 4A empty name,    0401 0050 00000001 00 00,             005b000000000000",
  })
  void whatIsMalformedIsAnsweredAndEnds(String what, String hex, String answer) {
    SocksHandshake handshake = new SocksHandshake(OPEN);
    feed(handshake, hex);
    assertThat(handshake.wanted()).isZero();
    assertThat(handshake.request()).isEmpty();
    assertThat(handshake.refusal()).isNotEqualTo("it did not end");
    assertThat(HexFormat.of().formatHex(answers.toByteArray())).isEqualTo(answer.replace(" ", ""));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "nothing offered,  050100,                         05ff",
    "wrong password,   050102 0101750131,              0502 0101",
    "empty password,   050102 01017500,                0502 0101",
    "SOCKS 4A,         0401 0050 00000001 00 6100,     005b000000000000",
    "the password,     050102 0101 75 02 7077,         0502 0100",
  })
  void aPasswordIsAskedFor(String what, String hex, String answer) {
    SocksHandshake handshake = new SocksHandshake(LOCKED);
    feed(handshake, hex);
    assertThat(handshake.wanted() > 0).isEqualTo(what.equals("the password"));
    assertThat(HexFormat.of().formatHex(answers.toByteArray())).isEqualTo(answer.replace(" ", ""));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"0401 0050 00000001", "0401 0050 00000001 00"})
  void textWithoutAnEndIsBounded(String head) {
    SocksHandshake handshake = new SocksHandshake(OPEN);
    int taken = feed(handshake, head + "61".repeat(1000));
    assertThat(taken).isEqualTo(head.replace(" ", "").length() / 2 + SocksHandshake.MAX_TEXT + 1);
    assertThat(handshake.request()).isEmpty();
    assertThat(answers.toByteArray()).startsWith(0, 0x5B);
  }
}
