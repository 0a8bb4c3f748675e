package io.allium.protocol.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command, as the specification writes it. */
class SamCommandTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HELLO VERSION",
        "HELLO VERSION MIN=3.1 MAX=3.1",
        "HELLO VERSION MIN=3.0 MAX=3.3 USER=xxx PASSWORD=yyy",
        "HELLO VERSION USER=\"a \\\"b\" PASSWORD=\"c d\"",
        "SESSION CREATE STYLE=STREAM ID=nick DESTINATION=TRANSIENT SIGNATURE_TYPE=7 i2cp.leaseSetEncType=4,0",
        "SESSION CREATE STYLE=RAW ID=n DESTINATION=TRANSIENT SIGNATURE_TYPE=7 PORT=9 HOST=127.0.0.1 FROM_PORT=1 TO_PORT=2"
            + " PROTOCOL=18 HEADER=true sam.udp.host=127.0.0.1 sam.udp.port=7655 outbound.length=0",
        "SESSION CREATE STYLE=DATAGRAM ID=n DESTINATION=TRANSIENT PORT=9",
        "SESSION CREATE STYLE=DATAGRAM2 ID=n DESTINATION=TRANSIENT",
        "SESSION CREATE STYLE=DATAGRAM3 ID=n DESTINATION=TRANSIENT",
        "SESSION CREATE STYLE=PRIMARY ID=n DESTINATION=AAAA==",
        "SESSION CREATE STYLE=MASTER ID=n DESTINATION=AAAA",
        "STREAM CONNECT ID=n DESTINATION=x.i2p",
        "STREAM CONNECT ID=n DESTINATION=A== SILENT=true FROM_PORT=1 TO_PORT=65535",
        "STREAM ACCEPT ID=n",
        "STREAM ACCEPT ID=n SILENT=true",
        "DATAGRAM SEND DESTINATION=A== SIZE=5",
        "RAW SEND DESTINATION=A== SIZE=65536 FROM_PORT=1 TO_PORT=2 PROTOCOL=3",
        "DATAGRAM SEND DESTINATION=A SIZE=1 SEND_TAGS=40 TAG_THRESHOLD=30 EXPIRES=60 SEND_LEASESET=false",
        "NAMING LOOKUP NAME=ME",
        "NAMING LOOKUP NAME=example.i2p OPTIONS=true",
        "DEST GENERATE",
        "DEST GENERATE SIGNATURE_TYPE=EdDSA_SHA512_Ed25519",
        "PING",
        "PING arbitrary  text",
        "PONG",
        "PONG arbitrary  text",
        "QUIT",
        "STOP",
        "EXIT",
        "HELP"
      })
  void printsBackWhatItReads(String line) throws SamException {
    SamCommand command = SamCommand.parse(line);
    assertThat(command.message().print()).isEqualTo(line);
    assertThat(SamCommand.of(command.message())).isEqualTo(command);
  }

  @Test
  void readsASessionWithEveryOption() throws SamException {
    SamCommand command = SamCommand.parse(
        "SESSION CREATE outbound.length=0 PROTOCOL=77 TO_PORT=2 FROM_PORT=1 HOST=h"
            + " PORT=9 HEADER=true DESTINATION=TRANSIENT SIGNATURE_TYPE=7 ID=n STYLE=RAW inbound.nickname=\"a b\"");
    assertThat(command)
        .isEqualTo(new SessionCreate(
            SamStyle.RAW,
            "n",
            "TRANSIENT",
            Optional.of("7"),
            new SessionRouting(
                OptionalInt.of(1),
                OptionalInt.of(2),
                OptionalInt.of(77),
                Optional.of(true),
                OptionalInt.of(9),
                Optional.of("h")),
            List.of(
                new SamOption("outbound.length", "0"), new SamOption("inbound.nickname", "a b"))));
    assertThat(((SessionCreate) command).isTransient()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hello version|HELLO VERSION",
        "HELLO VERSION MIN=3 MAX=\"3.3\"|HELLO VERSION MIN=3.0 MAX=3.3",
        "HELLO VERSION MIN= MAX=|HELLO VERSION",
        "STREAM CONNECT ID=n DESTINATION=x FROM_PORT= TO_PORT=|STREAM CONNECT ID=n DESTINATION=x",
        "DEST GENERATE test123|DEST GENERATE",
        "SESSION CREATE STYLE=STREAM ID=n DESTINATION=K SIGNATURE_TYPE=SIGNATURE_TYPE=7 x|"
            + "SESSION CREATE STYLE=STREAM ID=n DESTINATION=K SIGNATURE_TYPE=SIGNATURE_TYPE=7 x=",
        "STREAM ACCEPT SILENT=FALSE ID=n|STREAM ACCEPT ID=n",
        "SESSION CREATE STYLE=stream ID=n DESTINATION=K|SESSION CREATE STYLE=STREAM ID=n DESTINATION=K",
      })
  void toleratesWhatRealClientsSend(String sent, String meant) throws SamException {
    assertThat(SamCommand.parse(sent).message().print()).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "FOO BAR",
        "SESSION",
        "STREAM FOO ID=secret",
        "GET / HTTP/1.1",
        "HELLO VERSION MIN=foo",
        "HELLO VERSION MAX=3.1.4",
        "SESSION CREATE STYLE=STREAM DESTINATION=secret",
        "SESSION CREATE ID=n STYLE=STREAM",
        "SESSION CREATE ID=n DESTINATION=secret",
        "SESSION CREATE STYLE=FOO ID=n DESTINATION=secret",
        "SESSION CREATE STYLE=RAW ID=n DESTINATION=secret PROTOCOL=256",
        "SESSION CREATE STYLE=RAW ID=n DESTINATION=secret FROM_PORT=70000",
        "SESSION CREATE STYLE=RAW ID=n DESTINATION=secret FROM_PORT=-1",
        "SESSION CREATE STYLE=RAW ID=n DESTINATION=secret PORT=abc",
        "SESSION CREATE STYLE=RAW ID=n DESTINATION=secret PORT=99999999999999999999",
        "SESSION CREATE STYLE=RAW ID=n DESTINATION=secret HEADER=secret",
        "SESSION CREATE ID=\"a b\" STYLE=RAW DESTINATION=x",
        "SESSION ADD STYLE=PRIMARY ID=n",
        "SESSION ADD STYLE=RAW ID=n DESTINATION=secret",
        "SESSION REMOVE",
        "STREAM CONNECT ID=n",
        "STREAM CONNECT DESTINATION=secret",
        "STREAM CONNECT ID=n DESTINATION=secret TO_PORT=65536",
        "STREAM ACCEPT",
        "STREAM ACCEPT ID=n SILENT=secret",
        "STREAM FORWARD ID=n",
        "STREAM FORWARD ID=n PORT=0",
        "DATAGRAM SEND DESTINATION=secret",
        "DATAGRAM SEND DESTINATION=secret SIZE=65537",
        "RAW SEND SIZE=1",
        "NAMING LOOKUP",
        "NAMING LOOKUP NAME=",
        "AUTH ADD USER=secret",
        "AUTH REMOVE",
        "AUTH FOO"
      })
  void refusesWhatIsMissingOrOutOfRangeWithoutRepeatingIt(String line) {
    assertThatThrownBy(() -> SamCommand.parse(line))
        .isInstanceOf(SamException.Violation.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void cannotBeBuiltWrong() {
    assertThatIllegalArgumentException().isThrownBy(() -> new StreamAccept("a b", false));
    assertThatIllegalArgumentException().isThrownBy(() -> new StreamAccept("", false));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new StreamConnect("a", "b", false, OptionalInt.of(65_536), OptionalInt.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DatagramSend(SamStyle.DATAGRAM2, "b", 1, SendSettings.DEFAULT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SessionCreate(
            SamStyle.STREAM,
            "a",
            "TRANSIENT",
            Optional.empty(),
            SessionRouting.DEFAULT,
            List.of(new SamOption("DESTINATION", "x"))));
  }
}
