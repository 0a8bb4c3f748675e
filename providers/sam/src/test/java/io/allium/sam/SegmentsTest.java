package io.allium.sam;

import static io.allium.sam.Fixture.PEER;
import static io.allium.sam.Fixture.PEER_LINE;
import static io.allium.sam.Fixture.TO_PEER;
import static io.allium.sam.Fixture.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.Registration;
import io.allium.spi.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every reply in two segments, cut at every offset, over a real socket; the stream's first bytes stay whole. */
class SegmentsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String DATA = "first bytes\nof the stream";

  private final StubBridge bridge;

  SegmentsTest() throws IOException {
    bridge = StubBridge.speaking("3.3");
  }

  @AfterEach
  void nothingIsLeft() {
    bridge.awaitAllClosed();
    bridge.close();
  }

  @Test
  void aGreetingCutAnywhereIsTheSameGreeting() throws IOException {
    byte[] reply = bytes("HELLO REPLY RESULT=OK VERSION=3.3\n");
    for (int cut = 0; cut <= reply.length; cut++) {
      int offset = cut;
      bridge.on("HELLO VERSION", (connection, line) -> connection.sendCut(reply, offset));
      I2p.connect(bridge.uri()).close();
    }
  }

  @Test
  void aNameCutAnywhereIsTheSameName() throws IOException {
    byte[] reply = bytes("NAMING REPLY RESULT=OK NAME=a.i2p VALUE=" + PEER.base64() + "\r\n");
    try (I2p i2p = I2p.connect(bridge.uri())) {
      for (int cut = 0; cut <= reply.length; cut++) {
        int offset = cut;
        bridge.on("NAMING LOOKUP", (connection, line) -> connection.sendCut(reply, offset));
        assertThat(i2p.resolve("a.i2p").destination()).isEqualTo(PEER);
      }
    }
  }

  @Test
  void aSessionCutAnywhereIsTheSameSession() throws IOException {
    byte[] reply =
        bytes("SESSION STATUS RESULT=OK DESTINATION=" + Fixture.KEYS.exportBase64() + "\n");
    try (I2p i2p = I2p.connect(bridge.uri())) {
      for (int cut = 0; cut <= reply.length; cut += cut < 48 || cut > reply.length - 8 ? 1 : 29) {
        int offset = cut;
        bridge.on("SESSION CREATE", (connection, line) -> connection.sendCut(reply, offset));
        i2p.open(config().build()).close();
      }
    }
  }

  /** That clock; but no end of a stream waits, hundreds of times, whether its session ends as well. */
  private static TimeSource hasty(TimeSource system) {
    return new TimeSource() {
      @Override
      public long nanos() {
        return system.nanos();
      }

      @Override
      public Registration schedule(long delayNanos, Runnable task) {
        return system.schedule(delayNanos < Duration.ofSeconds(1).toNanos() ? 0 : delayNanos, task);
      }
    };
  }

  @Test
  void aConnectedStreamCutAnywhereBeginsWithItsFirstByte() throws IOException {
    byte[] reply = bytes("STREAM STATUS RESULT=OK\n" + DATA);
    try (I2p i2p = I2p.connect(new Clocked(SamUri.parse(bridge.uri()), SegmentsTest::hasty));
        I2pSession session = i2p.open(config().build())) {
      for (int cut = 0; cut <= reply.length; cut++) {
        int offset = cut;
        bridge.on("STREAM CONNECT", (connection, line) -> {
          connection.sendCut(reply, offset);
          connection.close();
        });
        assertData(session.connect(TO_PEER));
      }
    }
  }

  @Test
  void anAcceptedStreamCutAnywhereBeginsWithItsFirstByte() throws IOException {
    byte[] reply = bytes("STREAM STATUS RESULT=OK\n" + PEER_LINE + DATA);
    int[] next = new int[1];
    bridge.on("STREAM ACCEPT", (connection, line) -> {
      connection.sendCut(reply, Math.min(next[0]++, reply.length));
      connection.close();
    });
    try (I2p i2p = I2p.connect(new Clocked(SamUri.parse(bridge.uri()), SegmentsTest::hasty));
        I2pSession session = i2p.open(config().build());
        I2pAcceptor acceptor = session.listen(0)) {
      for (int cut = 0; cut <= reply.length; cut++) {
        I2pStream stream = acceptor.accept(PATIENCE);
        assertThat(stream.remote()).isEqualTo(TO_PEER);
        assertData(stream);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStreamByteByByteIsTheSameStream(boolean accepted) throws IOException {
    byte[] reply = bytes("STREAM STATUS RESULT=OK\n" + (accepted ? PEER_LINE : "") + DATA);
    bridge.on("STREAM", (connection, line) -> {
      for (byte one : reply) {
        connection.sendCut(new byte[] {one}, 1);
      }
      connection.close();
    });
    try (I2p i2p = I2p.connect(bridge.uri());
        I2pSession session = i2p.open(config().build())) {
      assertData(accepted ? session.listen(0).accept(PATIENCE) : session.connect(TO_PEER));
    }
  }

  @Test
  void firstBytesReadWithATimeoutComeOnceAndInOrder() throws IOException {
    bridge.on("STREAM CONNECT", (connection, line) -> {
      connection.send("STREAM STATUS RESULT=OK\nab");
      connection.send("cd");
      connection.close();
    });
    try (I2p i2p = I2p.connect(bridge.uri());
        I2pSession session = i2p.open(config().build())) {
      I2pStream stream = session.connect(TO_PEER);
      assertThat(stream.input().read()).isEqualTo('a');
      stream.readTimeout(PATIENCE);
      assertThat(stream.input().readAllBytes())
          .asString(StandardCharsets.US_ASCII)
          .isEqualTo("bcd");
    }
  }

  private static void assertData(I2pStream stream) throws IOException {
    assertThat(stream.input().readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo(DATA);
    stream.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
