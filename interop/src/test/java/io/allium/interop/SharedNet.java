package io.allium.interop;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One fast network for all tests of the JVM that break nothing. */
final class SharedNet {
  private static final ReentrantLock LOCK = new ReentrantLock();
  private static @Nullable TestNet net;

  private SharedNet() {}

  /** Gives the network up if nothing is reached in it any more. */
  static boolean isGivenUp() {
    LOCK.lock();
    try {
      TestNet now = net;
      if (now == null || now.isBroken() || !now.isDeaf()) {
        return false;
      }
      now.giveUp();
      return true;
    } finally {
      LOCK.unlock();
    }
  }

  /** The network, or a new one where a router of it died. */
  static TestNet fast() throws IOException {
    LOCK.lock();
    try {
      TestNet now = net;
      if (now != null && !now.isBroken()) {
        return now;
      }
      if (now != null) {
        now.close();
      }
      TestNet fresh = TestNet.start(2, TestNet.FAST);
      net = fresh;
      return fresh;
    } finally {
      LOCK.unlock();
    }
  }
}
