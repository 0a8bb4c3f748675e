package io.allium.javanet;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for states of routers, which tell nobody when they change. */
final class Await {
  private static final long POLL_MILLIS = 10;

  private Await() {}

  /** @throws IllegalStateException when the limit is over first; it says what did not come */
  static void until(String state, Duration limit, BooleanSupplier reached)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!reached.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException(state + " did not come within " + limit.toSeconds()
            + " s: see the routers' logs, and whether the machine is overloaded");
      }
      Thread.sleep(POLL_MILLIS);
    }
  }
}
