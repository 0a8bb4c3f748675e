package io.allium.protocol.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every reply, as the specification writes it. */
class SamReplyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HELLO REPLY RESULT=OK VERSION=3.1",
        "HELLO REPLY RESULT=NOVERSION",
        "HELLO REPLY RESULT=I2P_ERROR MESSAGE=\"bad \\\"request\\\"\"",
        "SESSION STATUS RESULT=OK DESTINATION=AAAA==",
        "SESSION STATUS RESULT=DUPLICATED_ID",
        "SESSION STATUS RESULT=DUPLICATED_DEST",
        "SESSION STATUS RESULT=INVALID_KEY",
        "SESSION STATUS RESULT=I2P_ERROR MESSAGE=\"some other error\"",
        "STREAM STATUS RESULT=OK",
        "STREAM STATUS RESULT=CANT_REACH_PEER MESSAGE=x",
        "STREAM STATUS RESULT=SOMETHING_NEW",
        "NAMING REPLY RESULT=OK NAME=example.i2p VALUE=base64dest"
            + " OPTION:_smtp._tcp=\"1 86400 0 0 25 bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.b32.i2p\"",
        "NAMING REPLY RESULT=KEY_NOT_FOUND NAME=x.i2p",
        "NAMING REPLY RESULT=INVALID_KEY NAME=\"a b\" MESSAGE=\"bad format\"",
        "NAMING REPLY RESULT=LEASESET_NOT_FOUND NAME=x.i2p",
        "NAMING REPLY RESULT=INVALID_KEY NAME=",
        "DEST REPLY PUB=AAAA PRIV=BBBB==",
        "DEST REPLY RESULT=I2P_ERROR MESSAGE=no",
        "DATAGRAM RECEIVED DESTINATION=AAAA SIZE=5",
        "DATAGRAM RECEIVED DESTINATION=AAAA SIZE=5 FROM_PORT=1 TO_PORT=2",
        "RAW RECEIVED SIZE=0",
        "RAW RECEIVED SIZE=65536 FROM_PORT=1 TO_PORT=2 PROTOCOL=18",
        "PING x",
        "PONG x",
        "AUTH STATUS RESULT=OK",
        "FOO STATUS RESULT=I2P_ERROR MESSAGE=\"no such command\""
      })
  void printsBackWhatItReads(String line) throws SamException {
    SamReply reply = SamReply.parse(line);
    assertThat(reply.message().print()).isEqualTo(line);
    assertThat(SamReply.of(reply.message())).isEqualTo(reply);
  }

  @Test
  void readsTypedFields() throws SamException {
    assertThat(SamReply.parse("HELLO REPLY VERSION=3.3 RESULT=OK"))
        .isEqualTo(new HelloReply(SamResult.OK, Optional.of(SamVersion.V3_3), ""));
    assertThat(SamReply.parse("SESSION STATUS RESULT=OK DESTINATION=K=="))
        .isEqualTo(new SessionStatus(SamResult.OK, Optional.of("K=="), ""));
    assertThat(SamReply.parse(
            "NAMING REPLY RESULT=OK NAME=a VALUE=D OPTION:k=\"v w\" OPTION:l= FUTURE=1"))
        .isEqualTo(new NamingReply(
            SamResult.OK,
            "a",
            Optional.of("D"),
            List.of(new SamOption("k", "v w"), new SamOption("l", "")),
            ""));
    assertThat(SamReply.parse("DATAGRAM RECEIVED TO_PORT=2 DESTINATION=D SIZE=7 FROM_PORT="))
        .isEqualTo(new DatagramReceived("D", 7, OptionalInt.empty(), OptionalInt.of(2)));
    assertThat(SamReply.parse("STREAM STATUS RESULT=\"NEW ONE\""))
        .isEqualTo(new StreamStatus(new SamResult("NEW ONE"), ""));
    assertThat(SamReply.parse("AUTH STATUS RESULT=OK").message().value("RESULT"))
        .contains("OK");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HELLO REPLY",
        "HELLO REPLY RESULT=OK",
        "HELLO REPLY RESULT=OK VERSION=secret",
        "HELLO REPLY RESULT= VERSION=3.1",
        "SESSION STATUS DESTINATION=secret",
        "STREAM STATUS",
        "NAMING REPLY NAME=secret VALUE=secret",
        "NAMING REPLY RESULT=OK NAME=secret",
        "DEST REPLY",
        "DEST REPLY PUB=secret",
        "DEST REPLY RESULT=OK PRIV=secret",
        "DATAGRAM RECEIVED SIZE=1",
        "DATAGRAM RECEIVED DESTINATION=secret SIZE=",
        "RAW RECEIVED SIZE=-1",
        "RAW RECEIVED SIZE=65537",
        "RAW RECEIVED SIZE=1 FROM_PORT=65536",
        "RAW RECEIVED SIZE=1 PROTOCOL=256"
      })
  void refusesWhatIsMissingOrOutOfRangeWithoutRepeatingIt(String line) {
    assertThatThrownBy(() -> SamReply.parse(line))
        .isInstanceOf(SamException.Violation.class)
        .hasMessageNotContaining("secret");
  }
}
