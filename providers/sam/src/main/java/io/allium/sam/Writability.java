package io.allium.sam;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;

/** Waits until a non-blocking channel takes more, which happens so seldom that it needs no selector of its own. */
final class Writability {
  /** A router that takes nothing for so long has stopped working; no datagram is worth more. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A closed channel does not wake a selector. */
  private static final long LOOK_MILLIS = 100;

  private Writability() {}

  /** Whether it took more in time; at once for a channel that was closed, whose next write says so. */
  static boolean await(SelectableChannel channel) throws IOException, InterruptedException {
    try (Selector selector = Selector.open()) {
      channel.register(selector, SelectionKey.OP_WRITE);
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (channel.isOpen() && selector.select(LOOK_MILLIS) == 0) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (System.nanoTime() - end > 0) {
          return false;
        }
      }
      return true;
    }
  }
}
