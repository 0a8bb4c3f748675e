package io.allium.sam;

import static io.allium.sam.Fixture.KEYS;
import static io.allium.sam.Fixture.PEER;
import static io.allium.sam.Fixture.PEER_LINE;
import static io.allium.sam.Fixture.TO_PEER;
import static io.allium.sam.Fixture.config;
import static io.allium.sam.Fixture.kind;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.ConnectOptions;
import io.allium.Credentials;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.SessionConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Exactly these lines, typed from SAM v3, and no others. */
class WireTest {
  private static final String HELLO = "HELLO VERSION MIN=3.1 MAX=3.3";
  private static final StubBridge.Step OK = StubBridge.reply("STREAM STATUS RESULT=OK\n");

  /** Every setting of the builder and what it puts on the wire; the empty text for what the router is not told. */
  private static final Map<String, Map.Entry<UnaryOperator<SessionConfig.Builder>, String>>
      SETTINGS = new TreeMap<>(Map.ofEntries(
      setting("keys", b -> b.keys(KEYS), "DESTINATION=" + KEYS.exportBase64()),
      setting("newDestination", b -> b.newDestination(), "SIGNATURE_TYPE=7"),
      setting(
          "signatureType",
          b -> b.newDestination().signatureType(io.allium.SignatureType.ECDSA_SHA256_P256),
          "SIGNATURE_TYPE=1"),
      setting("protocols", b -> b.protocols(io.allium.Protocol.STREAM), "STYLE=STREAM"),
      setting("recovery", b -> b.recovery(io.allium.Recovery.NONE), ""),
      setting("openTimeout", b -> b.openTimeout(Duration.ofSeconds(7)), ""),
      setting("nickname", b -> b.nickname("me.1"), "inbound.nickname=me.1 outbound.nickname=me.1"),
      setting("tunnelLength", b -> b.tunnelLength(1, 2), "inbound.length=1 outbound.length=2"),
      setting(
          "tunnelQuantity", b -> b.tunnelQuantity(5, 6), "inbound.quantity=5 outbound.quantity=6"),
      setting("encryptionTypes", b -> b.encryptionTypes(6, 4), "i2cp.leaseSetEncType=6,4"),
      setting("publishLeaseSet", b -> b.publishLeaseSet(false), "i2cp.dontPublishLeaseSet=true"),
      setting("option", b -> b.option("i2cp.reduceOnIdle", "true"), "i2cp.reduceOnIdle=true")));

  @Test
  void theDefaultsOfASessionAreSaidInFull() throws IOException {
    try (StubBridge bridge = StubBridge.speaking("3.3");
        I2p i2p = I2p.connect(bridge.uri());
        var session = i2p.open(KEYS)) {
      assertThat(session.destination()).isEqualTo(KEYS.destination());
      assertThat(bridge.connections().get(0).lines()).containsExactly(HELLO);
      List<String> lines = bridge.connections().get(1).lines();
      assertThat(lines).hasSize(2).element(0).isEqualTo(HELLO);
      assertThat(lines.get(1))
          .matches("SESSION CREATE STYLE=STREAM ID=allium-[0-9a-f]{32} DESTINATION=\\S+ .*");
      assertThat(lines.get(1).split(" "))
          .contains(
              "DESTINATION=" + KEYS.exportBase64(),
              "SIGNATURE_TYPE=7",
              "i2cp.leaseSetEncType=4,0",
              "inbound.quantity=3",
              "outbound.quantity=3",
              "inbound.length=3",
              "outbound.length=3",
              "inbound.nickname=allium",
              "outbound.nickname=allium")
          .hasSize(13);
    }
  }

  @Test
  void noTwoSessionsHaveTheSameIdentifier() throws IOException {
    try (StubBridge bridge = StubBridge.speaking("3.3");
        I2p i2p = I2p.connect(bridge.uri())) {
      for (int i = 0; i < 8; i++) {
        i2p.open(config().build());
      }
      Set<String> ids = bridge
          .lines()
          .filter(line -> line.startsWith("SESSION CREATE"))
          .map(line -> line.split(" ")[3])
          .collect(Collectors.toSet());
      assertThat(ids).hasSize(8).allMatch(id -> id.matches("ID=allium-[0-9a-f]{32}"));
    }
  }

  @Test
  void everySettingOfTheBuilderReachesTheRouter() throws IOException {
    Set<String> settings = Arrays.stream(SessionConfig.Builder.class.getDeclaredMethods())
        .filter(method -> method.getReturnType() == SessionConfig.Builder.class)
        .map(java.lang.reflect.Method::getName)
        .collect(Collectors.toSet());
    assertThat(settings.remove("anyProtocol")).as("refused, below").isTrue();
    assertThat(SETTINGS.keySet()).as("a new setting needs a row here").isEqualTo(settings);
    try (StubBridge bridge = StubBridge.speaking("3.3");
        I2p i2p = I2p.connect(bridge.uri())) {
      for (var row : SETTINGS.entrySet()) {
        i2p.open(row.getValue().getKey().apply(config()).build()).close();
        String line = bridge.connections("SESSION CREATE").getLast().lines().get(1);
        assertThat(line.split(" "))
            .as(row.getKey())
            .contains(
                row.getValue().getValue().isEmpty()
                    ? new String[] {"STYLE=STREAM"}
                    : row.getValue().getValue().split(" "));
      }
    }
  }

  @Test
  void severalProtocolsOnOneDestinationAreRefusedAndNothingIsSent() throws IOException {
    try (StubBridge bridge = StubBridge.speaking("3.3");
        I2p i2p = I2p.connect(bridge.uri())) {
      assertThat(kind(() -> i2p.open(config().anyProtocol().build())))
          .isEqualTo(ErrorKind.UNSUPPORTED);
      assertThat(bridge.connections("SESSION CREATE")).isEmpty();
    }
  }

  @Test
  void aStreamIsOneLineAndItsPortsAreSaidFromVersion32On() throws IOException {
    try (StubBridge bridge = StubBridge.speaking("3.2").on("STREAM CONNECT", OK);
        I2p i2p = I2p.connect(bridge.uri());
        var session = i2p.open(config().build())) {
      String id = bridge
          .lines()
          .filter(line -> line.startsWith("SESSION CREATE"))
          .findFirst()
          .orElseThrow()
          .split(" ")[3];
      session.connect(TO_PEER);
      session.connect(
          I2pAddress.of(PEER, 80), ConnectOptions.builder().localPort(5).build());
      List<StubConnection> streams = bridge.connections("STREAM CONNECT");
      assertThat(streams.get(0).lines())
          .containsExactly(HELLO, "STREAM CONNECT " + id + " DESTINATION=" + PEER.base64());
      assertThat(streams.get(1).lines().get(1).split(" "))
          .containsExactlyInAnyOrder(
              "STREAM", "CONNECT", id, "DESTINATION=" + PEER.base64(), "FROM_PORT=5", "TO_PORT=80");
    }
  }

  @Test
  void portsAreRefusedBeforeVersion32AndNothingIsSent() throws IOException {
    try (StubBridge bridge = StubBridge.speaking("3.1").on("STREAM CONNECT", OK);
        I2p i2p = I2p.connect(bridge.uri());
        var session = i2p.open(config().build())) {
      assertThat(kind(() -> session.connect(I2pAddress.of(PEER, 80))))
          .isEqualTo(ErrorKind.UNSUPPORTED);
      assertThat(kind(() ->
              session.connect(TO_PEER, ConnectOptions.builder().localPort(5).build())))
          .isEqualTo(ErrorKind.UNSUPPORTED);
      assertThat(kind(() -> session.listen(80))).isEqualTo(ErrorKind.UNSUPPORTED);
      assertThat(bridge.connections("STREAM")).isEmpty();
      assertThat(bridge.connections()).hasSize(2);
    }
  }

  @Test
  void anAcceptorArmsExactlyAsManyAcceptsAsAskedForAndNeverForwards() throws IOException {
    try (StubBridge bridge = StubBridge.speaking("3.3").on("STREAM ACCEPT", OK);
        I2p i2p = I2p.connect(bridge.uri(3));
        var session = i2p.open(config().build());
        var acceptor = session.listen(0)) {
      StubBridge.await(
          "three accepts", () -> bridge.connections("STREAM ACCEPT").size() == 3);
      for (StubConnection accept : bridge.connections("STREAM ACCEPT")) {
        assertThat(accept.lines().get(1)).matches("STREAM ACCEPT ID=allium-[0-9a-f]{32}");
      }
      bridge.connections("STREAM ACCEPT").getFirst().send(PEER_LINE);
      acceptor.accept(Duration.ofSeconds(5));
      StubBridge.await(
          "an accept armed again", () -> bridge.connections("STREAM ACCEPT").size() == 4);
      assertThat(bridge.lines()).noneMatch(line -> line.contains("FORWARD"));
    }
  }

  @Test
  void aLookupAsksOneQuestion() throws IOException {
    try (StubBridge bridge = StubBridge.speaking("3.1")
            .on(
                "NAMING LOOKUP",
                StubBridge.reply(
                    "NAMING REPLY RESULT=OK NAME=a.i2p VALUE=" + PEER.base64() + "\n"));
        I2p i2p = I2p.connect(bridge.uri())) {
      assertThat(i2p.resolve("a.i2p").destination()).isEqualTo(PEER);
      assertThat(bridge.connections().get(1).lines())
          .containsExactly(HELLO, "NAMING LOOKUP NAME=a.i2p");
      assertThat(i2p.status().toString()).contains("SAM 3.1");
      assertThat(bridge.connections().get(2).lines()).containsExactly(HELLO);
      bridge.awaitAllClosed();
    }
  }

  @Test
  void aPasswordIsSaidOnlyWhenGivenAndThenOnEveryConnection() throws IOException {
    Credentials credentials = Credentials.of("me", "open sesame".toCharArray());
    try (StubBridge bridge = StubBridge.speaking("3.3");
        I2p i2p = I2p.connect(bridge.uri(), credentials);
        var session = i2p.open(config().build())) {
      assertThat(bridge.connections())
          .hasSize(2)
          .allSatisfy(connection -> assertThat(connection.lines().get(0))
              .isEqualTo(HELLO + " USER=me PASSWORD=\"open sesame\""));
    }
  }

  @Test
  void aRouterThatAnswersWithAnotherDestinationIsNotTrusted() throws IOException {
    try (StubBridge bridge = StubBridge.speaking("3.1")
            .on(
                "NAMING LOOKUP",
                StubBridge.reply("NAMING REPLY RESULT=OK VALUE=" + PEER.base64() + "\n"));
        I2p i2p = I2p.connect(bridge.uri())) {
      String other = KEYS.destination().base32().text();
      assertThat(kind(() -> i2p.resolve(other))).isEqualTo(ErrorKind.PROTOCOL_VIOLATION);
    } catch (I2pException e) {
      throw new AssertionError(e);
    }
  }

  private static Map.Entry<String, Map.Entry<UnaryOperator<SessionConfig.Builder>, String>> setting(
      String name, UnaryOperator<SessionConfig.Builder> set, String wire) {
    return Map.entry(name, Map.entry(set, wire));
  }
}
