package io.allium.internal;

import io.allium.I2pName;
import io.allium.spi.TimeSource;
import io.allium.spi.support.OrderedLock;
import io.allium.spi.support.Timeout;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How many streams each peer has; forgets peers that have none. */
final class PeerCounts {
  /** One peer does not take the places of all others by waiting. */
  private static final int MAX_WAITING = 16;

  private static final class Peer {
    private int streams;
    private int waiting;
  }

  private final int max;
  private final TimeSource time;
  private final ReentrantLock lock = new OrderedLock(OrderedLock.Rank.REGISTRY);
  private final Condition changed = lock.newCondition();
  private final Map<I2pName, Peer> peers = new HashMap<>();

  /** None yet; {@code max} is how many each may have. */
  PeerCounts(int max, TimeSource time) {
    this.max = max;
    this.time = time;
  }

  /** Counts one more; waits a while if the peer has as many as it may. */
  boolean enter(I2pName name, Duration patience) {
    lock.lock();
    try {
      Peer peer = peers.computeIfAbsent(name, key -> new Peer());
      if (peer.streams < max) {
        peer.streams++;
        return true;
      }
      if (peer.waiting >= MAX_WAITING) {
        return false;
      }
    } finally {
      lock.unlock();
    }
    return await(name, patience);
  }

  /** Counts one less. */
  void leave(I2pName name) {
    lock.lock();
    try {
      Peer peer = peers.get(name);
      if (peer != null) {
        peer.streams--;
        forgetIfGone(name, peer);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean await(I2pName name, Duration patience) {
    try (Timeout timeout = Timeout.in(time, patience.toNanos(), lock, changed)) {
      lock.lock();
      Peer peer = peers.computeIfAbsent(name, key -> new Peer());
      peer.waiting++;
      try {
        while (peer.streams >= max && !timeout.passed()) {
          changed.await();
        }
        if (peer.streams >= max) {
          return false;
        }
        peer.streams++;
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      } finally {
        peer.waiting--;
        forgetIfGone(name, peer);
        lock.unlock();
      }
    }
  }

  private void forgetIfGone(I2pName name, Peer peer) {
    if (peer.streams == 0 && peer.waiting == 0) {
      peers.remove(name);
    }
  }
}
