package io.allium.cli;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.I2pStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** The article's example: who says PING is answered with PONG. */
final class PingPong {
  private static final byte[] PING = "PING".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PONG = "PONG".getBytes(StandardCharsets.US_ASCII);

  /** Who connects and says nothing is not kept. */
  private static final Duration IDLE = Duration.ofMinutes(2);

  private PingPong() {}

  /** Answers until the peer ends the stream or says anything else. */
  static void answer(I2pStream stream) throws IOException {
    stream.readTimeout(IDLE);
    while (Arrays.equals(stream.input().readNBytes(PING.length), PING)) {
      stream.output().write(PONG);
    }
  }

  /** One round; returns milliseconds. */
  static double exchange(I2pStream stream) throws IOException {
    long start = System.nanoTime();
    stream.output().write(PING);
    byte[] answer = stream.input().readNBytes(PONG.length);
    if (answer.length < PONG.length) {
      throw new I2pException(
          ErrorKind.PEER_RESET,
          "the peer did not answer, and ended the stream: it may be offline, try again later");
    }
    if (!Arrays.equals(answer, PONG)) {
      throw new I2pException(
          ErrorKind.PROTOCOL_VIOLATION,
          "the peer did not answer with PONG: check that a ping-pong server is there");
    }
    return (System.nanoTime() - start) / 1e6;
  }
}
