package io.allium.protocol.sam.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.protocol.sam.NamingLookup;
import io.allium.protocol.sam.Ping;
import io.allium.protocol.sam.SamException;
import io.allium.protocol.sam.SamVersion;
import io.allium.protocol.sam.StreamAccept;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every reply, cut and joined at every offset, with the first data of a stream behind it. */
class SegmentationTest {
  private static final String DESTINATION = "A".repeat(522) + "==";
  private static final String DATA = "\nfirst data\r\nPING \u20ac";

  /** Makes a new conversation. */
  interface Maker {
    Conversation<?> make() throws SamException;
  }

  /** A conversation and what the server says in it. */
  record Case(Maker maker, String server) {}

  static Stream<Named<Case>> cases() {
    return Stream.of(
        of("hello", HelloConversation::new, "HELLO REPLY RESULT=OK VERSION=3.3\n"),
        of("hello crlf", HelloConversation::new, "\r\nHELLO  REPLY RESULT=OK VERSION=3.3 \r\n"),
        of(
            "create",
            () ->
                new SessionConversation(GoldenTranscriptTest.session("TRANSIENT"), SamVersion.V3_1),
            "SESSION STATUS RESULT=OK DESTINATION=" + DESTINATION + "\n"),
        of(
            "connect",
            () -> new StreamConnectConversation(GoldenTranscriptTest.connect(false)),
            "STREAM STATUS RESULT=OK\n"),
        of(
            "connect after ping",
            () -> new StreamConnectConversation(GoldenTranscriptTest.connect(false)),
            "PING \u20ac\nSTREAM STATUS RESULT=OK\n"),
        of(
            "silent connect",
            () -> new StreamConnectConversation(GoldenTranscriptTest.connect(true)),
            ""),
        of(
            "accept",
            () -> new StreamAcceptConversation(new StreamAccept("n", false)),
            "STREAM STATUS RESULT=OK\n" + DESTINATION + " FROM_PORT=1 TO_PORT=2\n"),
        of("silent accept", () -> new StreamAcceptConversation(new StreamAccept("n", true)), ""),
        of(
            "lookup",
            () -> new NamingLookupConversation(new NamingLookup("x.i2p", true), SamVersion.V3_3),
            "NAMING REPLY RESULT=OK NAME=x.i2p VALUE=" + DESTINATION
                + " OPTION:a=\"b \\\"c\\\\ \u20ac\"\n"),
        of("ping", () -> new PingConversation(new Ping(" 1")), "PONG 1\n"));
  }

  private static Named<Case> of(String name, Maker maker, String server) {
    return Named.of(name, new Case(maker, server));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theSameComesOutHoweverItIsCut(Case given) throws SamException {
    byte[] all = (given.server() + DATA).getBytes(UTF_8);
    Driver.Outcome<?> whole = Driver.run(given.maker().make(), List.of(all));
    assertThat(whole.leftover()).isEqualTo(DATA);
    for (int cut = 0; cut <= all.length; cut++) {
      List<byte[]> two = List.of(Arrays.copyOf(all, cut), Arrays.copyOfRange(all, cut, all.length));
      assertThat(Driver.run(given.maker().make(), two)).as("cut at %s", cut).isEqualTo(whole);
    }
    List<byte[]> bytes = new ArrayList<>();
    for (byte b : all) {
      bytes.add(new byte[] {b});
    }
    assertThat(Driver.run(given.maker().make(), bytes)).as("byte by byte").isEqualTo(whole);
  }
}
