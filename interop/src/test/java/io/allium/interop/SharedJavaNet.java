package io.allium.interop;

import io.allium.javanet.JavaNetwork;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One network of Java routers for all tests of the JVM. */
final class SharedJavaNet {
  private static final ReentrantLock LOCK = new ReentrantLock();
  private static @Nullable JavaNetwork net;

  private SharedJavaNet() {}

  static JavaNetwork get() throws IOException, InterruptedException {
    LOCK.lockInterruptibly();
    try {
      JavaNetwork now = net;
      if (now == null) {
        JavaNetwork fresh = JavaNetwork.start();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> close(fresh)));
        net = fresh;
        return fresh;
      }
      return now;
    } finally {
      LOCK.unlock();
    }
  }

  private static void close(JavaNetwork network) {
    try {
      network.close();
    } catch (IOException e) {
      System.getLogger(SharedJavaNet.class.getName())
          .log(System.Logger.Level.WARNING, "the network was not removed", e);
    }
  }
}
