package io.allium.sam;

import static io.allium.sam.Fixture.TO_PEER;
import static io.allium.sam.Fixture.config;
import static io.allium.sam.Fixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.ConnectOptions;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every RESULT of SAM v3, to each command, as the caller sees it. */
class ResultTest {
  /** For another try. */
  private static final Duration NO_TIME = Duration.ofMillis(500);

  private static final ConnectOptions ONE_TRY =
      ConnectOptions.builder().timeout(NO_TIME).build();

  @ParameterizedTest
  @CsvSource({"NOVERSION, ROUTER_REFUSED", "I2P_ERROR, ROUTER_REFUSED", "NEW_IN_4_0, ROUTER_REFUSED"
  })
  void toHello(String result, ErrorKind kind) throws IOException {
    try (StubBridge bridge = StubBridge.speaking("3.3")) {
      bridge.on("HELLO VERSION", StubBridge.reply("HELLO REPLY RESULT=" + result + "\n"));
      assertThat(failure(() -> I2p.connect(bridge.uri())).kind()).isEqualTo(kind);
      bridge.awaitAllClosed();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DUPLICATED_ID, ID_IN_USE",
    "DUPLICATED_DEST, DESTINATION_IN_USE",
    "I2P_ERROR, ROUTER_ERROR",
    "INVALID_KEY, KEY_INVALID",
    "INVALID_ID, CONFIG_INVALID",
    "TIMEOUT, TIMEOUT",
    "I2P_ERROR MESSAGE=\"no tunnels yet\", TUNNELS_NOT_READY",
    "I2P_ERROR MESSAGE=\"Failed to build tunnels - duplicate destination\", DESTINATION_IN_USE",
    "NEW_IN_4_0, ROUTER_ERROR"
  })
  void toSessionCreate(String result, ErrorKind kind) throws IOException {
    try (StubBridge bridge = StubBridge.speaking("3.3");
        I2p i2p = I2p.connect(Clocked.by(new HandTime(), bridge.uri()))) {
      bridge.on("SESSION CREATE", StubBridge.reply("SESSION STATUS RESULT=" + result + "\n"));
      assertThat(failure(() -> i2p.open(config().openTimeout(NO_TIME).build())).kind())
          .isEqualTo(kind);
      bridge.awaitAllClosed();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CANT_REACH_PEER, PEER_UNREACHABLE",
    "PEER_NOT_FOUND, PEER_UNREACHABLE",
    "I2P_ERROR, ROUTER_ERROR",
    "INVALID_KEY, NAME_NOT_FOUND",
    "TIMEOUT, TIMEOUT",
    "LEASESET_NOT_FOUND, LEASESET_NOT_FOUND",
    "NEW_IN_4_0, ROUTER_ERROR"
  })
  void toStreamConnect(String result, ErrorKind kind) throws IOException {
    try (StubBridge bridge = StubBridge.speaking("3.3");
        I2p i2p = I2p.connect(Clocked.by(new HandTime(), bridge.uri()));
        I2pSession session = i2p.open(config().build())) {
      bridge.on(
          "STREAM CONNECT",
          StubBridge.reply("STREAM STATUS RESULT=" + result + " MESSAGE=\"the note\"\n"));
      I2pException failure = failure(() -> session.connect(TO_PEER, ONE_TRY));
      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure).hasMessageContainingAll(result, "the note");
      assertThat(bridge.connections("STREAM CONNECT")).hasSize(1);
      bridge.on("STREAM CONNECT", StubBridge.reply("STREAM STATUS RESULT=OK\n"));
      session.connect(TO_PEER).close();
      i2p.close();
      bridge.awaitAllClosed();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "KEY_NOT_FOUND, NAME_NOT_FOUND",
    "INVALID_KEY, NAME_NOT_FOUND",
    "LEASESET_NOT_FOUND, LEASESET_NOT_FOUND",
    "I2P_ERROR, ROUTER_ERROR",
    "TIMEOUT, TIMEOUT",
    "NEW_IN_4_0, ROUTER_ERROR"
  })
  void toNamingLookup(String result, ErrorKind kind) throws IOException {
    try (StubBridge bridge = StubBridge.speaking("3.3");
        I2p i2p = I2p.connect(bridge.uri())) {
      bridge.on(
          "NAMING LOOKUP", StubBridge.reply("NAMING REPLY RESULT=" + result + " NAME=a.i2p\n"));
      assertThat(failure(() -> i2p.resolve("a.i2p")).kind()).isEqualTo(kind);
      bridge.awaitAllClosed();
    }
  }

  @Test
  void aPeerThatIsThereASecondLaterIsReached() throws IOException {
    try (StubBridge bridge = StubBridge.speaking("3.3");
        I2p i2p = I2p.connect(bridge.uri());
        I2pSession session = i2p.open(config().build())) {
      bridge.on(
          "STREAM CONNECT",
          (connection, line) -> connection.send(
              bridge.connections("STREAM CONNECT").size() < 2
                  ? "STREAM STATUS RESULT=CANT_REACH_PEER\n"
                  : "STREAM STATUS RESULT=OK\n"));
      session.connect(TO_PEER).close();
      var attempts = bridge.connections("STREAM CONNECT");
      assertThat(attempts).hasSize(2);
      assertThat(attempts.get(1).lastLineNanos() - attempts.get(0).lastLineNanos())
          .isGreaterThan(900_000_000L);
    }
  }
}
