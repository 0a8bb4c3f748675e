package io.allium.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.protocol.sam.LineFramer;
import io.allium.protocol.sam.NamingLookup;
import io.allium.protocol.sam.Ping;
import io.allium.protocol.sam.SamException;
import io.allium.protocol.sam.SamStyle;
import io.allium.protocol.sam.SamVersion;
import io.allium.protocol.sam.SessionCreate;
import io.allium.protocol.sam.SessionRouting;
import io.allium.protocol.sam.StreamAccept;
import io.allium.protocol.sam.StreamConnect;
import io.allium.protocol.sam.state.Conversation;
import io.allium.protocol.sam.state.HelloConversation;
import io.allium.protocol.sam.state.NamingLookupConversation;
import io.allium.protocol.sam.state.PingConversation;
import io.allium.protocol.sam.state.SessionConversation;
import io.allium.protocol.sam.state.SessionWatch;
import io.allium.protocol.sam.state.Step;
import io.allium.protocol.sam.state.StreamAcceptConversation;
import io.allium.protocol.sam.state.StreamConnectConversation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each RESULT of the specification, and the end of the connection, means to each command. */
class ResultKindTest {
  private static Conversation<?> conversation(String command) throws SamException {
    return switch (command) {
      case "HELLO" -> new HelloConversation();
      case "CREATE" -> new SessionConversation(session(), SamVersion.V3_1);
      case "OPEN" -> new SessionWatch();
      case "CONNECT" ->
        new StreamConnectConversation(
            new StreamConnect("nick", "x.i2p", false, OptionalInt.empty(), OptionalInt.empty()));
      case "ACCEPT" -> new StreamAcceptConversation(new StreamAccept("nick", false));
      case "LOOKUP" ->
        new NamingLookupConversation(new NamingLookup("x.i2p", false), SamVersion.V3_1);
      case "PING" -> new PingConversation(new Ping(""));
      default -> throw new AssertionError(command);
    };
  }

  private static SessionCreate session() {
    return new SessionCreate(
        SamStyle.STREAM,
        "nick",
        SessionCreate.TRANSIENT,
        Optional.of("7"),
        SessionRouting.DEFAULT,
        List.of());
  }

  private static String reply(String command) {
    return switch (command) {
      case "HELLO" -> "HELLO REPLY";
      case "CREATE", "OPEN", "PING" -> "SESSION STATUS";
      case "CONNECT", "ACCEPT" -> "STREAM STATUS";
      case "LOOKUP" -> "NAMING REPLY";
      default -> throw new AssertionError(command);
    };
  }

  /** Says these lines, then ends the connection. */
  private static void run(String command, String server) throws I2pException {
    ByteBuffer in = ByteBuffer.wrap(server.getBytes(StandardCharsets.UTF_8));
    try {
      Conversation<?> conversation = conversation(command);
      LineFramer framer = new LineFramer();
      Step<?> step = conversation.start();
      while (!(step instanceof Step.Done<?>)) {
        if (step instanceof Step.Failed<?> failed) {
          throw failed.error();
        }
        if (step instanceof Step.Send<?> send) {
          step = send.then();
        } else {
          Optional<String> line = framer.line(in);
          step = line.isPresent() ? conversation.onLine(line.get()) : conversation.onEof();
        }
      }
    } catch (SamException e) {
      throw SamErrors.of(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HELLO,NOVERSION,ROUTER_REFUSED",
    "HELLO,I2P_ERROR,ROUTER_REFUSED",
    "HELLO,FUTURE,ROUTER_REFUSED",
    "CREATE,DUPLICATED_ID,ID_IN_USE",
    "CREATE,DUPLICATED_DEST,DESTINATION_IN_USE",
    "CREATE,INVALID_KEY,KEY_INVALID",
    "CREATE,I2P_ERROR,ROUTER_ERROR",
    "CREATE,INVALID_ID,CONFIG_INVALID",
    "CREATE,TIMEOUT,TIMEOUT",
    "CREATE,FUTURE,ROUTER_ERROR",
    "OPEN,I2P_ERROR,SESSION_LOST",
    "OPEN,TIMEOUT,SESSION_LOST",
    "OPEN,FUTURE,SESSION_LOST",
    "CONNECT,CANT_REACH_PEER,PEER_UNREACHABLE",
    "CONNECT,PEER_NOT_FOUND,PEER_UNREACHABLE",
    "CONNECT,I2P_ERROR,ROUTER_ERROR",
    "CONNECT,INVALID_KEY,NAME_NOT_FOUND",
    "CONNECT,INVALID_ID,SESSION_LOST",
    "CONNECT,TIMEOUT,TIMEOUT",
    "CONNECT,KEY_NOT_FOUND,NAME_NOT_FOUND",
    "CONNECT,LEASESET_NOT_FOUND,LEASESET_NOT_FOUND",
    "CONNECT,FUTURE,ROUTER_ERROR",
    "ACCEPT,I2P_ERROR,ROUTER_ERROR",
    "ACCEPT,INVALID_ID,SESSION_LOST",
    "ACCEPT,ALREADY_ACCEPTING,ROUTER_ERROR",
    "ACCEPT,FUTURE,ROUTER_ERROR",
    "LOOKUP,INVALID_KEY,NAME_NOT_FOUND",
    "LOOKUP,KEY_NOT_FOUND,NAME_NOT_FOUND",
    "LOOKUP,LEASESET_NOT_FOUND,LEASESET_NOT_FOUND",
    "LOOKUP,I2P_ERROR,ROUTER_ERROR",
    "LOOKUP,TIMEOUT,TIMEOUT",
    "PING,I2P_ERROR,ROUTER_ERROR",
  })
  void aResultHasOneKind(String command, String result, ErrorKind kind) {
    String line = reply(command) + " RESULT=" + result + " NAME=x.i2p MESSAGE=\"it says so\"\n";
    assertThatThrownBy(() -> run(command, line))
        .isInstanceOfSatisfying(I2pException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @ParameterizedTest
  @CsvSource({
    "HELLO,PROTOCOL_VIOLATION",
    "CREATE,ROUTER_ERROR",
    "OPEN,SESSION_LOST",
    "CONNECT,ROUTER_ERROR",
    "ACCEPT,ROUTER_ERROR",
    "LOOKUP,ROUTER_ERROR",
    "PING,SESSION_LOST"
  })
  void theEndOfTheConnectionHasOneKind(String command, ErrorKind kind) {
    for (String before : List.of("", "\n", reply(command) + " RESULT=O")) {
      assertThatThrownBy(() -> run(command, before))
          .isInstanceOfSatisfying(I2pException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
  }

  @ParameterizedTest
  @CsvSource({"CREATE", "CONNECT", "ACCEPT", "LOOKUP"})
  void aFailureUnderAnotherVerbCounts(String command) {
    for (String verb : List.of("SESSION STATUS", "STREAM STATUS", "FOO STATUS")) {
      assertThatThrownBy(
              () -> run(command, verb + " RESULT=I2P_ERROR MESSAGE=\"Socket already in use\"\n"))
          .isInstanceOfSatisfying(
              I2pException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.ROUTER_ERROR))
          .hasMessageContaining("Socket already in use");
    }
  }

  @ParameterizedTest
  @CsvSource({"HELLO", "CREATE", "CONNECT", "ACCEPT", "LOOKUP", "PING"})
  void whatIsNoAnswerIsAViolation(String command) {
    for (String line : List.of(
        "HTTP/1.1 400 Bad Request",
        "RAW RECEIVED SIZE=1",
        "AUTH STATUS RESULT=OK",
        "STREAM \"",
        "SESSION STATUS",
        "\u0016\u0003\u0001")) {
      assertThatThrownBy(() -> run(command, line + "\n"))
          .as(line)
          .isInstanceOfSatisfying(
              I2pException.class,
              e -> assertThat(e.kind()).isEqualTo(ErrorKind.PROTOCOL_VIOLATION));
    }
  }

  @Test
  void tunnelsThatAreNotBuiltHaveAKindOfTheirOwn() {
    assertThatThrownBy(() -> run(
            "CREATE",
            "SESSION STATUS RESULT=I2P_ERROR MESSAGE=\"Failed to build Tunnels in time\"\n"))
        .isInstanceOfSatisfying(
            I2pException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.TUNNELS_NOT_READY));
  }

  @Test
  void aMessageIsCarriedWithoutWhatLooksLikeAKey() {
    assertThatThrownBy(() -> run(
            "CREATE",
            "SESSION STATUS RESULT=I2P_ERROR MESSAGE=\"bad key " + "Zm9v".repeat(20)
                + " \u001b[2Jgiven\"\n"))
        .hasMessageContaining("bad key (hidden)  [2Jgiven")
        .hasMessageNotContaining("Zm9v");
  }

  @Test
  void noCommonVersionNamesTheVersions() {
    assertThatThrownBy(() -> run("HELLO", "HELLO REPLY RESULT=NOVERSION\n"))
        .hasMessageContaining("3.1")
        .hasMessageContaining("3.3");
  }
}
