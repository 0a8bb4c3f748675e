package io.allium.interop;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One fast network for all tests of the JVM that break nothing. A new one, where a router did not survive a test. */
final class SharedNet {
  private static @Nullable TestNet net;

  private SharedNet() {}

  static synchronized TestNet fast() throws IOException {
    if (net == null || !net.isAlive()) {
      net = TestNet.start(2, TestNet.FAST);
    }
    return net;
  }
}
