package io.allium.sam;

import static io.allium.sam.Fixture.KEYS;
import static io.allium.sam.Fixture.TO_PEER;
import static io.allium.sam.Fixture.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.ConnectOptions;
import io.allium.Credentials;
import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Protocol;
import io.allium.SendOptions;
import io.allium.SessionConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With every logger at its finest, no key and no password shows, whatever the bridge does. */
class SecrecyTest {
  private static final int BODY = 10;

  /** Most of a run is waiting. */
  private static final int PARALLEL = 8;

  private static final String PASSWORD = "open-sesame-0123456789";

  /** The public half stands in front, in every address that is shown. */
  private static final byte[] SECRET = Arrays.copyOfRange(
      KEYS.export(), KEYS.destination().toByteArray().length, KEYS.export().length);

  private final List<String> texts = new CopyOnWriteArrayList<>();
  private final Logger root = Logger.getLogger("");
  private final Level before = root.getLevel();
  private final SecretSearch search = new SecretSearch(SECRET);
  private final Handler handler = new Handler() {
    @Override
    public void publish(LogRecord message) {
      texts.add(message.getMessage() + Arrays.toString(message.getParameters()));
      if (message.getThrown() != null) {
        texts.add(text(message.getThrown()));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  };

  @BeforeEach
  void listen() {
    handler.setLevel(Level.ALL);
    root.setLevel(Level.ALL);
    root.addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    root.removeHandler(handler);
    root.setLevel(before);
  }

  @Test
  void noKeyShowsWhateverTheBridgeDoes() throws Exception {
    String key = KEYS.exportBase64();
    // the end alone: what is shown of a long text is its beginning, which is public
    String end = key.substring(key.length() - 48);
    List<StubBridge.Step> faults = Stream.concat(
            Stream.of(
                StubBridge.CLOSE,
                StubBridge.RESET,
                StubBridge.GARBAGE,
                StubBridge.HANG,
                StubBridge.ENDLESS_LINE),
            Stream.of(
                    "SESSION STATUS RESULT=INVALID_KEY MESSAGE=\"bad key " + key + "\"\n",
                    "SESSION STATUS RESULT=" + key + "\n",
                    "SESSION STATUS RESULT=OK DESTINATION=" + key + " " + key + "\n",
                    "SESSION STATUS RESULT=I2P_ERROR DESTINATION=" + key + "\n",
                    "SESSION STATUS RESULT=INVALID_KEY MESSAGE=\"bad key " + end + "\"\n",
                    "SESSION STATUS RESULT=" + end + "\n",
                    "STREAM STATUS RESULT=I2P_ERROR MESSAGE=" + end + "\n",
                    "NAMING REPLY RESULT=" + end + " NAME=" + end + "\n",
                    end + "\n",
                    "NAMING REPLY RESULT=OK NAME=a.i2p VALUE=" + key + "\n",
                    key + "\n",
                    key + " FROM_PORT=x\n",
                    "PING " + key + "\n" + key + "\n")
                .map(StubBridge::reply))
        .toList();
    try (var side = Executors.newFixedThreadPool(PARALLEL, Thread.ofVirtual().factory())) {
      List<Future<Object>> runs = new ArrayList<>();
      for (StubBridge.Step fault : faults) {
        for (String at :
            List.of("SESSION CREATE", "STREAM CONNECT", "STREAM ACCEPT", "NAMING LOOKUP")) {
          runs.add(side.submit(() -> {
            run(at, fault);
            return at;
          }));
        }
      }
      for (Future<Object> run : runs) {
        run.get();
      }
    }
    assertThat(texts).as("something was said").hasSizeGreaterThan(100);
    assertThat(texts).allSatisfy(text -> {
      assertThat(search.findIn(text)).isEmpty();
      assertThat(text).doesNotContain(PASSWORD);
    });
  }

  @Test
  void noKeyShowsInASessionOfDatagrams() throws IOException {
    String key = KEYS.exportBase64();
    for (String said : List.of(
        "NAMING REPLY RESULT=OK NAME=" + key + " VALUE=" + key + "\n",
        "DATAGRAM RECEIVED DESTINATION=" + key + " SIZE=1\n" + key + "\n",
        "DATAGRAM RECEIVED DESTINATION=" + key + " SIZE=" + key + "\n",
        "DATAGRAM STATUS RESULT=" + key + " MESSAGE=\"" + key + "\"\n",
        "SESSION STATUS RESULT=I2P_ERROR MESSAGE=\"" + key + "\"\n",
        key + "\n")) {
      for (String query : List.of("&datagrams=in-band", "")) {
        runDatagrams(query, said);
      }
    }
    assertThat(texts).as("something was said").hasSizeGreaterThan(12);
    assertThat(texts).allSatisfy(text -> assertThat(search.findIn(text)).isEmpty());
  }

  private void runDatagrams(String query, String said) throws IOException {
    try (StubBridge bridge = StubBridge.speaking("3.1");
        StubUdp udp = StubUdp.open()) {
      bridge
          .on("DATAGRAM SEND", (connection, line) -> {
            connection.read(BODY);
            connection.send(said);
          })
          .on("NAMING LOOKUP", StubBridge.HANG);
      try (I2p i2p = I2p.connect(udp.uri(bridge) + query);
          I2pSession session = i2p.open(config().protocols(Protocol.DATAGRAM).build());
          DatagramPort port = session.datagrams(DatagramOptions.of(Protocol.DATAGRAM, 0))) {
        say(port, session);
        if (query.isEmpty()) {
          udp.send(StubUdp.clientPort(bridge), said);
          bridge.connections("SESSION CREATE").getLast().send(said);
        } else {
          // of no interest is who gets it: the bridge answers with what is searched for
          Thread.ofVirtual().start(() -> note(() -> send(port)));
        }
        note(() -> say(port.receive(Duration.ofMillis(100))));
        note(() -> say(session.status(), session));
      } catch (I2pException e) {
        texts.add(text(e));
      }
    }
  }

  private static void send(DatagramPort port) throws IOException {
    port.send(TO_PEER, new byte[BODY], SendOptions.defaults());
  }

  @Test
  void theSearchFindsAKeyThatLeaks() {
    System.getLogger("io.allium.planted")
        .log(System.Logger.Level.TRACE, "the key is " + KEYS.exportBase64());
    assertThat(texts.stream().map(search::findIn).flatMap(Optional::stream)).hasSize(1);
    assertThat(search.findIn(java.util.HexFormat.of().formatHex(SECRET, 260, 280)))
        .isPresent();
    assertThat(search.findIn(java.util.Base64.getEncoder().encodeToString(SECRET)))
        .isPresent();
    assertThat(search.findIn(KEYS.destination().base64())).isEmpty();
  }

  private void run(String at, StubBridge.Step fault) throws IOException {
    try (StubBridge bridge = StubBridge.speaking("3.3")) {
      bridge
          .on("STREAM CONNECT", StubBridge.reply("STREAM STATUS RESULT=OK\n"))
          .on("STREAM ACCEPT", StubBridge.reply("STREAM STATUS RESULT=OK\n"))
          .on("NAMING LOOKUP", StubBridge.reply("NAMING REPLY RESULT=KEY_NOT_FOUND\n"))
          .on("PONG", StubBridge.HANG)
          .on(at, fault);
      Credentials credentials = Credentials.of("me", PASSWORD.toCharArray());
      SessionConfig config = config().openTimeout(Duration.ofMillis(100)).build();
      say(credentials, config, KEYS);
      try (I2p i2p = I2p.connect(bridge.uri(), credentials);
          I2pSession session = i2p.open(config)) {
        say(i2p, session, session.status());
        ConnectOptions soon =
            ConnectOptions.builder().timeout(Duration.ofMillis(100)).build();
        note(() -> say(session.connect(TO_PEER, soon)));
        note(() -> say(session.connect(io.allium.I2pAddress.parse("a.i2p", 0), soon)));
        note(() -> say(session.listen(0).accept(Duration.ofMillis(50))));
        bridge.connections("SESSION CREATE").getLast().send(KEYS.exportBase64() + "=\"\n");
        note(() -> say(session.connect(TO_PEER, soon)));
      } catch (I2pException e) {
        texts.add(text(e));
      }
    }
  }

  private interface Body {
    void run() throws IOException;
  }

  private void note(Body body) {
    try {
      body.run();
    } catch (IOException e) {
      texts.add(text(e));
    }
  }

  private void say(Object... objects) {
    texts.add(Arrays.toString(objects));
  }

  private static String text(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
