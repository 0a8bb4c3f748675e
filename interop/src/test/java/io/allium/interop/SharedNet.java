package io.allium.interop;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One fast network for all tests of the JVM that break nothing; ready when tunnels of every length that they use are. */
final class SharedNet {
  private static final ReentrantLock LOCK = new ReentrantLock();
  private static @Nullable TestNet net;

  private SharedNet() {}

  /** The network, or a new one where a router of it died or another network took its place. */
  static TestNet fast() throws IOException {
    LOCK.lock();
    try {
      TestNet now = net;
      if (now != null && !now.isBroken() && !now.isClosed()) {
        return now;
      }
      TestNet fresh = TestNet.start(2, TestNet.FAST, "--hops", "3");
      net = fresh;
      return fresh;
    } finally {
      LOCK.unlock();
    }
  }
}
