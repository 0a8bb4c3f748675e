package io.allium.sam.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.I2p;
import io.allium.memory.MemoryNetwork;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the bridge says on the wire: lines typed from SAM v3. */
class TestBridgeTest {
  private static final String B32 = "a".repeat(52) + ".b32.i2p";

  private final MemoryNetwork network = MemoryNetwork.builder().build();
  private final List<Client> clients = new ArrayList<>();
  private I2p router;
  private TestBridge bridge;

  /** A client that knows no SAM. */
  private record Client(Socket socket, BufferedReader in) {
    void say(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    String ask(String line) throws IOException {
      say(line + "\n");
      return String.valueOf(in.readLine());
    }

    String read(int count) throws IOException {
      char[] text = new char[count];
      for (int at = 0; at < count; ) {
        int got = in.read(text, at, count - at);
        assertThat(got).isPositive();
        at += got;
      }
      return new String(text);
    }
  }

  @BeforeEach
  void start() throws IOException {
    router = I2p.connect(network.router("r"));
    bridge = TestBridge.start(router);
  }

  @AfterEach
  void stop() throws IOException {
    for (Client client : clients) {
      client.socket.close();
    }
    bridge.close();
    router.close();
    network.close();
  }

  private Client connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), bridge.port());
    Client client = new Client(
        socket,
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
    clients.add(client);
    return client;
  }

  private Client greeted(String max) throws IOException {
    Client client = connect();
    assertThat(client.ask("HELLO VERSION MIN=3.0 MAX=" + max))
        .isEqualTo("HELLO REPLY RESULT=OK VERSION=" + max);
    return client;
  }

  private Client session(String style, String id) throws IOException {
    Client client = greeted("3.3");
    assertThat(client.ask("SESSION CREATE STYLE=" + style + " ID=" + id
            + " DESTINATION=TRANSIENT SIGNATURE_TYPE=7 inbound.length=1"))
        .startsWith("SESSION STATUS RESULT=OK DESTINATION=");
    return client;
  }

  private static String destination(Client client) throws IOException {
    String reply = client.ask("NAMING LOOKUP NAME=ME");
    assertThat(reply).startsWith("NAMING REPLY RESULT=OK NAME=ME VALUE=");
    return reply.substring(reply.indexOf("VALUE=") + "VALUE=".length());
  }

  @ParameterizedTest
  @CsvSource({
    "MIN=3.0 MAX=3.3, OK VERSION=3.3",
    "MIN=3.1 MAX=3.1, OK VERSION=3.1",
    "MIN=3.0 MAX=3.9, OK VERSION=3.3",
    "MIN=3.4 MAX=3.9, NOVERSION",
    "MIN=2.0 MAX=2.9, NOVERSION",
    "'', OK VERSION=3.3"
  })
  void helloAgreesOnAVersion(String range, String answer) throws IOException {
    assertThat(connect().ask("HELLO VERSION " + range)).isEqualTo("HELLO REPLY RESULT=" + answer);
  }

  @ParameterizedTest
  @CsvSource({
    "PING a  b, PONG a  b",
    "NAMING LOOKUP NAME=nobody.i2p, NAMING REPLY RESULT=KEY_NOT_FOUND NAME=nobody.i2p",
    "NAMING LOOKUP NAME=example.com, NAMING REPLY RESULT=INVALID_KEY NAME=example.com",
    "NAMING LOOKUP NAME=ME, NAMING REPLY RESULT=INVALID_KEY NAME=ME",
    "NAMING LOOKUP NAME=$b32, NAMING REPLY RESULT=KEY_NOT_FOUND",
    "NAMING LOOKUP NAME=$b32 OPTIONS=true, NAMING REPLY RESULT=LEASESET_NOT_FOUND",
    "DEST GENERATE, DEST REPLY PUB=",
    "DEST GENERATE SIGNATURE_TYPE=EdDSA_SHA512_Ed25519, DEST REPLY PUB=",
    "DEST GENERATE SIGNATURE_TYPE=99, DEST REPLY RESULT=I2P_ERROR",
    "STREAM CONNECT ID=x DESTINATION=$b32, STREAM STATUS RESULT=INVALID_ID",
    "STREAM ACCEPT ID=x, STREAM STATUS RESULT=INVALID_ID",
    "STREAM CONNECT ID=x, STREAM STATUS RESULT=I2P_ERROR",
    "SESSION CREATE STYLE=STREAM ID=x DESTINATION=abc, SESSION STATUS RESULT=INVALID_KEY",
    "SESSION CREATE STYLE=RAW ID=x DESTINATION=TRANSIENT PROTOCOL=17, SESSION STATUS RESULT=I2P_ERROR",
    "SESSION CREATE STYLE=PRIMARY ID=x DESTINATION=TRANSIENT, SESSION STATUS RESULT=I2P_ERROR",
    "NONSENSE, NONSENSE STATUS RESULT=I2P_ERROR"
  })
  void aCommandIsAnsweredAndTheNextOneToo(String command, String answer) throws IOException {
    Client client = greeted("3.3");
    assertThat(client.ask(command.replace("$b32", B32))).startsWith(answer);
    assertThat(client.ask("PING")).isEqualTo("PONG");
  }

  @Test
  void identifiersAndDestinationsAreTakenOnce() throws IOException {
    Client first = greeted("3.3");
    String keys = first.ask("DEST GENERATE SIGNATURE_TYPE=7").replaceFirst(".* PRIV=", "");
    String create = "SESSION CREATE STYLE=STREAM ID=%s DESTINATION=" + keys;
    assertThat(first.ask(create.formatted("a")))
        .isEqualTo("SESSION STATUS RESULT=OK DESTINATION=" + keys);
    Client second = greeted("3.3");
    assertThat(second.ask(create.formatted("a"))).isEqualTo("SESSION STATUS RESULT=DUPLICATED_ID");
    assertThat(second.ask(create.formatted("b")))
        .startsWith("SESSION STATUS RESULT=DUPLICATED_DEST");
    assertThat(first.ask("QUIT")).isEqualTo("null");
    assertThat(second.ask(create.formatted("a"))).startsWith("SESSION STATUS RESULT=OK");
  }

  @Test
  void eachOfSeveralAcceptsGetsAStreamOfWhichOneDirectionMayEndFirst() throws IOException {
    String to = destination(session("STREAM", "server"));
    Client caller = session("STREAM", "client");
    List<Client> accepts = new ArrayList<>();
    List<Client> connects = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Client accept = greeted("3.3");
      assertThat(accept.ask("STREAM ACCEPT ID=server")).isEqualTo("STREAM STATUS RESULT=OK");
      accepts.add(accept);
    }
    for (int i = 0; i < 2; i++) {
      Client connect = greeted("3.3");
      assertThat(
              connect.ask("STREAM CONNECT ID=client DESTINATION=" + to + " FROM_PORT=5 TO_PORT=80"))
          .isEqualTo("STREAM STATUS RESULT=OK");
      connect.say("question");
      connect.socket.shutdownOutput();
      connects.add(connect);
    }
    String from = destination(caller);
    for (Client accept : accepts) {
      assertThat(accept.in.readLine()).isEqualTo(from + " FROM_PORT=5 TO_PORT=80");
      assertThat(accept.in.readLine()).isEqualTo("question");
      assertThat(accept.in.read()).isNegative();
      accept.say("answer");
      accept.socket.shutdownOutput();
    }
    for (Client connect : connects) {
      assertThat(connect.in.readLine()).isEqualTo("answer");
      assertThat(connect.in.read()).isNegative();
    }
  }

  @Test
  void before32OneAcceptWaitsAndNoPortsAreTold() throws IOException {
    String to = destination(session("STREAM", "s"));
    Client accept = greeted("3.1");
    assertThat(accept.ask("STREAM ACCEPT ID=s")).isEqualTo("STREAM STATUS RESULT=OK");
    assertThat(greeted("3.1").ask("STREAM ACCEPT ID=s"))
        .isEqualTo("STREAM STATUS RESULT=ALREADY_ACCEPTING");
    assertThat(greeted("3.1").ask("STREAM CONNECT ID=s DESTINATION=" + to))
        .isEqualTo("STREAM STATUS RESULT=OK");
    assertThat(accept.in.readLine()).isEqualTo(to);
  }

  @Test
  void aClientThatLeavesWhileItAcceptsTakesNoStream() throws IOException {
    String to = destination(session("STREAM", "s"));
    Client gone = greeted("3.1");
    assertThat(gone.ask("STREAM ACCEPT ID=s")).isEqualTo("STREAM STATUS RESULT=OK");
    gone.socket.close();
    Client accept = greeted("3.1");
    String answer;
    do {
      answer = accept.ask("STREAM ACCEPT ID=s");
    } while (answer.equals("STREAM STATUS RESULT=ALREADY_ACCEPTING"));
    assertThat(answer).isEqualTo("STREAM STATUS RESULT=OK");
    assertThat(greeted("3.3").ask("STREAM CONNECT ID=s DESTINATION=" + to))
        .isEqualTo("STREAM STATUS RESULT=OK");
    assertThat(accept.in.readLine()).isEqualTo(to);
  }

  @Test
  void nobodyWhoAcceptsMeansCannotBeReached() throws IOException {
    String to = destination(session("STREAM", "s"));
    assertThat(greeted("3.3").ask("STREAM CONNECT ID=s DESTINATION=" + to))
        .startsWith("STREAM STATUS RESULT=CANT_REACH_PEER");
  }

  @ParameterizedTest
  @CsvSource({
    "DATAGRAM, DATAGRAM, DESTINATION=\\S{524}\\S* SIZE=5 FROM_PORT=7 TO_PORT=9",
    "DATAGRAM2, DATAGRAM, DESTINATION=\\S{524}\\S* SIZE=5 FROM_PORT=7 TO_PORT=9",
    "DATAGRAM3, DATAGRAM, DESTINATION=[A-Za-z0-9~-]{43}= SIZE=5 FROM_PORT=7 TO_PORT=9",
    "RAW, RAW, SIZE=5 FROM_PORT=7 TO_PORT=9 PROTOCOL=18"
  })
  void datagramsOfEveryStyleComeInBand(String style, String verb, String line) throws IOException {
    Client receiver = session(style, "receiver");
    String to = destination(receiver);
    Client sender = session(style, "sender");
    sender.say(verb + " SEND DESTINATION=" + to + " SIZE=5 FROM_PORT=7 TO_PORT=9\nab\ncd");
    assertThat(receiver.in.readLine()).matches(verb + " RECEIVED " + line);
    assertThat(receiver.read(5)).isEqualTo("ab\ncd");
    assertThat(sender.ask("PING after")).isEqualTo("PONG after");
  }

  @Test
  void theSessionEndsWithItsConnectionAndItsStreamsWithIt() throws IOException {
    Client control = session("STREAM", "s");
    Client accept = greeted("3.3");
    assertThat(accept.ask("STREAM ACCEPT ID=s")).isEqualTo("STREAM STATUS RESULT=OK");
    control.socket.close();
    assertThat(accept.in.readLine()).startsWith("STREAM STATUS RESULT=INVALID_ID");
    assertThat(accept.in.read()).isNegative();
  }

  @Test
  void aSessionThatTheRouterDropsIsToldAndEnds() throws IOException {
    Client control = session("STREAM", "s");
    network.restart("r");
    assertThat(control.in.readLine()).startsWith("SESSION STATUS RESULT=I2P_ERROR");
    assertThat(control.in.read()).isNegative();
  }

  @Test
  void closingTheBridgeEndsWhatItServes() throws IOException {
    Client control = session("DATAGRAM", "s");
    bridge.close();
    assertThat(control.in.read()).isNegative();
    assertThat(router.sessions()).isEmpty();
  }
}
