package io.allium.memory;

import io.allium.Registration;
import io.allium.spi.TimeSource;
import io.allium.spi.support.OrderedLock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The datagrams under way to one destination. Bounded in number and bytes, as the queues of a real network are: what
 * finds no room is lost, so that a flood and a long latency together cannot fill the memory.
 */
final class DatagramTransit {
  /** As many small datagrams as a port keeps for a late receiver. */
  static final int MAX_DATAGRAMS = 4096;

  /** As many bytes as a port keeps: a second of 32 Mbit/s, which is more than any tunnel carries. */
  static final long MAX_BYTES = 4L << 20;

  private final ReentrantLock lock = new OrderedLock(OrderedLock.Rank.PROVIDER_STREAM);
  private final Map<Long, Registration> timers = new HashMap<>();
  private long number;
  private long bytes;
  private boolean ended;

  /** Runs {@code arrival} after {@code nanos}, or never. */
  void carry(TimeSource time, long nanos, int size, Runnable arrival) {
    lock.lock();
    try {
      if (ended || timers.size() >= MAX_DATAGRAMS || bytes + size > MAX_BYTES) {
        return;
      }
      long id = number++;
      bytes += size;
      timers.put(id, time.schedule(nanos, () -> {
        if (leave(id, size)) {
          arrival.run();
        }
      }));
    } finally {
      lock.unlock();
    }
  }

  /** Nothing arrives any more. */
  void end() {
    lock.lock();
    try {
      ended = true;
      timers.values().forEach(Registration::close);
      timers.clear();
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return timers.size();
    } finally {
      lock.unlock();
    }
  }

  private boolean leave(long id, int size) {
    lock.lock();
    try {
      bytes -= size;
      return timers.remove(id) != null;
    } finally {
      lock.unlock();
    }
  }
}
