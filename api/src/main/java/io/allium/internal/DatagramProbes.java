package io.allium.internal;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The datagrams that a session expects of its own probes: no port of the program gets them. */
final class DatagramProbes {
  /** Nobody guesses it, and nobody's datagram is taken for it. */
  static final int TOKEN_BYTES = 32;

  private final Map<ByteBuffer, Runnable> expected = new ConcurrentHashMap<>();

  /** Until it is called off, each datagram with this content is no visitor but a probe. */
  void expect(byte[] token, Runnable arrived) {
    expected.put(ByteBuffer.wrap(token), arrived);
  }

  void expectNoMore(byte[] token) {
    expected.remove(ByteBuffer.wrap(token));
  }

  boolean areExpected() {
    return !expected.isEmpty();
  }

  boolean takes(byte[] payload) {
    Runnable arrived = expected.get(ByteBuffer.wrap(payload));
    if (arrived == null) {
      return false;
    }
    arrived.run();
    return true;
  }
}
