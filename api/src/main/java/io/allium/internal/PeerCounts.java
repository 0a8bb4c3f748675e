package io.allium.internal;

import io.allium.I2pName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many streams each peer has; forgets peers that have none. */
final class PeerCounts {
  private final int max;
  private final Map<I2pName, Integer> counts = new ConcurrentHashMap<>();

  /** None yet; {@code max} is how many each may have. */
  PeerCounts(int max) {
    this.max = max;
  }

  /** Counts one more, unless the peer has as many as it may. */
  boolean enter(I2pName peer) {
    boolean[] entered = new boolean[1];
    counts.compute(peer, (key, count) -> {
      int now = count == null ? 0 : count;
      entered[0] = now < max;
      return entered[0] ? Integer.valueOf(now + 1) : count;
    });
    return entered[0];
  }

  /** Counts one less. */
  void leave(I2pName peer) {
    counts.computeIfPresent(peer, (key, count) -> count == 1 ? null : count - 1);
  }
}
