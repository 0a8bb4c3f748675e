package io.allium.protocol.sam.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.protocol.sam.Hello;
import io.allium.protocol.sam.NamingLookup;
import io.allium.protocol.sam.PeerLine;
import io.allium.protocol.sam.Ping;
import io.allium.protocol.sam.SamException;
import io.allium.protocol.sam.SamOption;
import io.allium.protocol.sam.SamPhase;
import io.allium.protocol.sam.SamResult;
import io.allium.protocol.sam.SamStyle;
import io.allium.protocol.sam.SamVersion;
import io.allium.protocol.sam.SessionCreate;
import io.allium.protocol.sam.SessionRouting;
import io.allium.protocol.sam.StreamAccept;
import io.allium.protocol.sam.StreamConnect;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Whole conversations, both sides typed from the specification and from what i2pd and Java I2P answer. */
class GoldenTranscriptTest {
  private static final String DESTINATION = "A".repeat(522) + "==";
  private static final String KEY = "B".repeat(906) + "==";

  static SessionCreate session(String destination, SamOption... options) {
    return new SessionCreate(
        SamStyle.STREAM,
        "nick",
        destination,
        Optional.of("7"),
        SessionRouting.DEFAULT,
        List.of(options));
  }

  static StreamConnect connect(boolean silent) {
    return new StreamConnect("nick", DESTINATION, silent, OptionalInt.empty(), OptionalInt.empty());
  }

  @Test
  void helloAsksFor31To33AndTakesWhatComes() throws SamException {
    var java = Driver.run(new HelloConversation(), "HELLO REPLY RESULT=OK VERSION=3.3\n");
    assertThat(java.sent()).isEqualTo("HELLO VERSION MIN=3.1 MAX=3.3\n");
    assertThat(java.result()).isEqualTo(SamVersion.V3_3);
    var i2pd = Driver.run(new HelloConversation(), "HELLO REPLY RESULT=OK VERSION=3.1\n");
    assertThat(i2pd.result()).isEqualTo(SamVersion.V3_1);
  }

  @Test
  void helloCarriesCredentials() throws SamException {
    Hello hello = new Hello(
        Optional.of(SamVersion.V3_2),
        Optional.of(SamVersion.V3_3),
        Optional.of("me"),
        Optional.of("a \"b\""));
    var outcome = Driver.run(new HelloConversation(hello), "HELLO REPLY RESULT=OK VERSION=3.2\n");
    assertThat(outcome.sent())
        .isEqualTo("HELLO VERSION MIN=3.2 MAX=3.3 USER=me PASSWORD=\"a \\\"b\\\"\"\n");
  }

  @Test
  void aVersionThatWasNotAskedForIsRefused() {
    for (String version : List.of("3.0", "3.4", "2.0", "0.3")) {
      assertFails(
          SamException.Violation.class,
          new HelloConversation(),
          "HELLO REPLY RESULT=OK VERSION=" + version + "\n");
    }
  }

  @Test
  void aRefusalTellsWhatWasRefusedAndWhy() {
    assertThatThrownBy(() -> Driver.run(
            new HelloConversation(), "HELLO REPLY RESULT=NOVERSION MESSAGE=\"only 3.0\"\n"))
        .isInstanceOfSatisfying(SamException.Refused.class, refused -> {
          assertThat(refused.phase()).isEqualTo(SamPhase.HELLO);
          assertThat(refused.result()).isEqualTo(SamResult.NOVERSION);
          assertThat(refused.note()).isEqualTo("only 3.0");
        });
  }

  @Test
  void sessionWithATransientDestination() throws SamException {
    var create = new SessionConversation(
        session(SessionCreate.TRANSIENT, new SamOption("i2cp.leaseSetEncType", "4,0")),
        SamVersion.V3_1);
    var outcome = Driver.run(create, "SESSION STATUS RESULT=OK DESTINATION=" + KEY + "\n");
    assertThat(outcome.sent())
        .isEqualTo(
            "SESSION CREATE STYLE=STREAM ID=nick DESTINATION=TRANSIENT SIGNATURE_TYPE=7 i2cp.leaseSetEncType=4,0\n");
    assertThat(outcome.result().privateKey()).contains(KEY);
  }

  @Test
  void aTransientDestinationMustBeTold() throws SamException {
    assertFails(
        SamException.Violation.class,
        new SessionConversation(session(SessionCreate.TRANSIENT), SamVersion.V3_1),
        "SESSION STATUS RESULT=OK\n");
    assertThat(Driver.run(
                new SessionConversation(session(KEY), SamVersion.V3_1),
                "SESSION STATUS RESULT=OK\n")
            .result()
            .privateKey())
        .isEmpty();
  }

  @Test
  void optionsThatTheVersionCannotCarryAreRefusedBeforeAnythingIsSent() {
    SessionCreate spaced = session(KEY, new SamOption("inbound.nickname", "my site"));
    assertThatThrownBy(() -> new SessionConversation(spaced, SamVersion.V3_1))
        .isInstanceOf(SamException.Unprintable.class);
    SessionCreate primary = new SessionCreate(
        SamStyle.PRIMARY, "p", KEY, Optional.empty(), SessionRouting.DEFAULT, List.of());
    assertThatThrownBy(() -> new SessionConversation(primary, SamVersion.V3_2))
        .isInstanceOf(SamException.Unsupported.class);
  }

  @Test
  void connect() throws SamException {
    var outcome =
        Driver.run(new StreamConnectConversation(connect(false)), "STREAM STATUS RESULT=OK\nDATA");
    assertThat(outcome.sent())
        .isEqualTo("STREAM CONNECT ID=nick DESTINATION=" + DESTINATION + "\n");
    assertThat(outcome.leftover()).isEqualTo("DATA");
  }

  @Test
  void aSilentConnectReadsNothing() throws SamException {
    var outcome =
        Driver.run(new StreamConnectConversation(connect(true)), "STREAM STATUS RESULT=OK\n");
    assertThat(outcome.sent()).endsWith(" SILENT=true\n");
    assertThat(outcome.leftover())
        .as("these are the peer's words")
        .isEqualTo("STREAM STATUS RESULT=OK\n");
  }

  @Test
  void acceptYieldsThePeer() throws SamException {
    var i2pd = Driver.run(
        new StreamAcceptConversation(new StreamAccept("nick", false)),
        "STREAM STATUS RESULT=OK\n",
        DESTINATION + "\nDATA");
    assertThat(i2pd.sent()).isEqualTo("STREAM ACCEPT ID=nick\n");
    assertThat(i2pd.result())
        .contains(new PeerLine(DESTINATION, OptionalInt.empty(), OptionalInt.empty()));
    assertThat(i2pd.leftover()).isEqualTo("DATA");
    var java = Driver.run(
        new StreamAcceptConversation(new StreamAccept("nick", false)),
        "STREAM STATUS RESULT=OK\n" + DESTINATION + " FROM_PORT=11 TO_PORT=22\n");
    assertThat(java.result())
        .contains(new PeerLine(DESTINATION, OptionalInt.of(11), OptionalInt.of(22)));
  }

  @Test
  void aSilentAcceptReadsNothing() throws SamException {
    var outcome = Driver.run(
        new StreamAcceptConversation(new StreamAccept("nick", true)), DESTINATION + "\n");
    assertThat(outcome.sent()).isEqualTo("STREAM ACCEPT ID=nick SILENT=true\n");
    assertThat(outcome.result()).isEmpty();
    assertThat(outcome.leftover()).isEqualTo(DESTINATION + "\n");
  }

  @Test
  void aLateStatusIsAnErrorAndNoPeer() {
    for (String late :
        List.of("RESULT=I2P_ERROR MESSAGE=\"Session was closed\"", "RESULT=I2P_ERROR")) {
      assertFails(
          SamException.Refused.class,
          new StreamAcceptConversation(new StreamAccept("nick", false)),
          "STREAM STATUS RESULT=OK\nSTREAM STATUS " + late + "\n");
    }
    assertFails(
        SamException.Refused.class,
        new StreamAcceptConversation(new StreamAccept("nick", false)),
        "STREAM STATUS RESULT=OK\nSTREAM STATUS RESULT=INVALID_ID\n");
  }

  @Test
  void whatIsNoPeerIsAViolation() {
    List<String> lines = List.of(
        "garbage", "STREAM STATUS RESULT=OK", "A".repeat(44), "!".repeat(600), "A".repeat(515));
    for (String line : lines) {
      assertFails(
          SamException.Violation.class,
          new StreamAcceptConversation(new StreamAccept("nick", false)),
          "STREAM STATUS RESULT=OK\n" + line + "\n");
    }
    assertFails(
        SamException.Violation.class,
        new StreamAcceptConversation(new StreamAccept("nick", false)),
        DESTINATION + "\n");
  }

  @Test
  void anAcceptIsArmedBetweenStatusAndPeer() {
    var accept = new StreamAcceptConversation(new StreamAccept("nick", false));
    accept.start();
    assertThat(accept.isArmed()).isFalse();
    accept.onLine("STREAM STATUS RESULT=OK");
    assertThat(accept.isArmed()).isTrue();
  }

  @Test
  void lookup() throws SamException {
    var lookup =
        new NamingLookupConversation(new NamingLookup("example.i2p", true), SamVersion.V3_3);
    var outcome = Driver.run(
        lookup,
        "NAMING REPLY RESULT=OK NAME=example.i2p VALUE=" + DESTINATION
            + " OPTION:_smtp._tcp=\"1 86400 0 0 25 bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.b32.i2p\"\n");
    assertThat(outcome.sent()).isEqualTo("NAMING LOOKUP NAME=example.i2p OPTIONS=true\n");
    assertThat(outcome.result().destination()).contains(DESTINATION);
    assertThat(outcome.result().options())
        .containsExactly(new SamOption(
            "_smtp._tcp", "1 86400 0 0 25 bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.b32.i2p"));
  }

  @Test
  void theAnswerToAnotherQuestionIsNotBelieved() throws SamException {
    assertFails(
        SamException.Violation.class,
        new NamingLookupConversation(new NamingLookup("a.i2p", false), SamVersion.V3_3),
        "NAMING REPLY RESULT=OK NAME=b.i2p VALUE=" + DESTINATION + "\n");
    assertThatThrownBy(
            () -> new NamingLookupConversation(new NamingLookup("a b", false), SamVersion.V3_1))
        .isInstanceOf(SamException.Unprintable.class);
  }

  @Test
  void pingWaitsForItsOwnPong() throws SamException {
    var outcome =
        Driver.run(new PingConversation(new Ping(" 2")), "PONG 1\nPING  their own\nPONG 2\n");
    assertThat(outcome.sent()).isEqualTo("PING 2\nPONG  their own\n");
  }

  private static void assertFails(
      Class<? extends SamException> how, Conversation<?> conversation, String server) {
    assertThatThrownBy(() -> Driver.run(conversation, server)).as(server).isInstanceOf(how);
  }
}
