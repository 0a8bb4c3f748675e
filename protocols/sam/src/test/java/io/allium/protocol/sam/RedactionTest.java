package io.allium.protocol.sam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  /** Length of base 64 that 16 bytes of a key take. */
  private static final int WINDOW = 22;

  private static final String SECRET = new Random(7)
      .ints(908, 0, 64)
      .mapToObj(i ->
          "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-~".substring(i, i + 1))
      .collect(Collectors.joining());

  private static boolean leaks(String shown) {
    for (int i = 0; i + WINDOW <= SECRET.length(); i++) {
      if (shown.contains(SECRET.substring(i, i + WINDOW))) {
        return true;
      }
    }
    return false;
  }

  @Test
  void theSearchFindsAPlantedLeak() {
    assertThat(leaks("x" + SECRET.substring(100, 100 + WINDOW) + "y")).isTrue();
    assertThat(leaks("x" + SECRET.substring(100, 99 + WINDOW) + "y")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HELLO VERSION USER=%s PASSWORD=%s",
        "SESSION CREATE STYLE=STREAM ID=%s DESTINATION=%s i2cp.leaseSetPrivKey=%s",
        "SESSION CREATE STYLE=STREAM ID=a DESTINATION=TRANSIENT SIGNATURE_TYPE=%s %s",
        "STREAM CONNECT ID=%s DESTINATION=%s",
        "STREAM ACCEPT ID=%s",
        "DATAGRAM SEND DESTINATION=%s SIZE=1",
        "NAMING LOOKUP NAME=%s",
        "DEST GENERATE SIGNATURE_TYPE=%s",
        "PING %s",
        "PONG %s"
      })
  void noCommandShowsWhatIsPrivate(String line) throws SamException {
    SamCommand command = SamCommand.parse(line.replace("%s", SECRET));
    assertThat(leaks(command.toString())).isFalse();
    assertThat(leaks(command.message().toString())).isFalse();
    assertThat(leaks(command.message().options().toString())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HELLO REPLY RESULT=%s MESSAGE=%s",
        "SESSION STATUS RESULT=OK DESTINATION=%s",
        "STREAM STATUS RESULT=%s MESSAGE=%s",
        "NAMING REPLY RESULT=OK NAME=%s VALUE=%s OPTION:%s=%s",
        "DEST REPLY PUB=%s PRIV=%s",
        "DATAGRAM RECEIVED DESTINATION=%s SIZE=1",
        "%s %s %s=1 %s",
        "PING %s"
      })
  void noReplyShowsWhatIsPrivate(String line) throws SamException {
    assertThat(leaks(SamReply.parse(line.replace("%s", SECRET)).toString())).isFalse();
  }

  @Test
  void noHeaderLineShowsWhatIsPrivate() throws SamException {
    assertThat(leaks(PeerLine.parse(SECRET + " FROM_PORT=1").toString())).isFalse();
    DatagramHeader header =
        new DatagramHeader(SamVersion.V3_0, SECRET, SECRET, SendSettings.DEFAULT);
    assertThat(leaks(header.toString())).isFalse();
  }

  @Test
  void whatIsSafeIsShown() throws SamException {
    assertThat(SamReply.parse("STREAM STATUS RESULT=I2P_ERROR MESSAGE=x"))
        .hasToString("STREAM STATUS RESULT=I2P_ERROR MESSAGE=…");
    assertThat(SamCommand.parse("HELLO VERSION MIN=3.1 MAX=3.3 PASSWORD=open sesame"))
        .hasToString("HELLO VERSION MIN=3.1 MAX=3.3 PASSWORD=…");
    assertThat(SamMessage.parse("SESSION CREATE STYLE=" + SECRET.substring(0, WINDOW)))
        .as("longer than any legal value")
        .hasToString("SESSION CREATE STYLE=…");
    assertThat(SamMessage.parse("HELLO VERSION PASSWORD=open sesame"))
        .hasToString("HELLO VERSION PASSWORD=… …");
  }

  @Test
  void textOfARouterIsMadeSafeToShow() {
    assertThat(SamText.sanitize("a\u001b[31m\r\nb\u202ec\0")).isEqualTo("a [31m b c");
    assertThat(SamText.sanitize("a\u009b31mb\u0085c")).as("8-bit controls").isEqualTo("a 31mb c");
    assertThat(SamText.sanitize("key " + SECRET + " here")).isEqualTo("key (hidden) here");
    assertThat(SamText.sanitize("a".repeat(39))).isEqualTo("a".repeat(39));
    assertThat(SamText.sanitize("a".repeat(40))).isEqualTo("(hidden)");
    assertThat(SamText.sanitize("word ".repeat(100))).hasSize(SamText.MAX_SHOWN).endsWith("…");
    assertThat(SamText.sanitize("\ud83d")).isEmpty();
  }
}
