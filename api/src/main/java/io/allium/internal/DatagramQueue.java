package io.allium.internal;

import io.allium.DatagramOptions;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Registration;
import io.allium.spi.Arrived;
import io.allium.spi.Call;
import io.allium.spi.support.End;
import io.allium.spi.support.OrderedLock;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Received datagrams that nobody has taken yet. Bounded in number and bytes: what arrives while it is full is dropped and
 * counted, as datagrams may be. Safe for use by several threads.
 */
final class DatagramQueue {
  private final ReentrantLock lock = new OrderedLock(OrderedLock.Rank.DATAGRAM_QUEUE);
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Arrived> queue = new ArrayDeque<>();
  private final End end = new End();
  private long bytes;
  private long dropped;

  /**
   * Adds a datagram, or drops it if there is no room or the queue has ended. Never blocks, and wakes nobody: for one of
   * several that arrive together waking a receiver costs more than the datagram. {@link #wakeReceiver()} must follow.
   */
  void offer(Arrived arrived) {
    lock.lock();
    try {
      if (end.isSet()) {
        return;
      }
      int size = size(arrived);
      if (queue.size() >= DatagramOptions.MAX_WAITING
          || bytes + size > DatagramOptions.MAX_WAITING_BYTES) {
        dropped++;
        return;
      }
      queue.add(arrived);
      bytes += size;
    } finally {
      lock.unlock();
    }
  }

  /** Wakes a receiver for what was offered; it wakes the next one. */
  void wakeReceiver() {
    lock.lock();
    try {
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the oldest datagram and takes it.
   *
   * @param call ends the wait early
   */
  Arrived take(Call call) throws I2pException, InterruptedException {
    try (Registration abort = call.onAbort(this::wake)) {
      lock.lockInterruptibly();
      try {
        while (true) {
          if (call.aborted()) {
            throw new I2pException(ErrorKind.CLOSED, "abandoned");
          }
          Arrived next = next();
          if (next != null) {
            return next;
          }
          end.check();
          changed.await();
        }
      } finally {
        changed
            .signal(); // a signal that was meant for us may have come with an interrupt: pass it on
        lock.unlock();
      }
    }
  }

  /** Takes back what was taken too late: it is the next one again. */
  void putBack(Arrived arrived) {
    lock.lock();
    try {
      if (!end.isSet()) {
        queue.addFirst(arrived);
        bytes += size(arrived);
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes the oldest datagram if there is one, without waiting. */
  @Nullable
  Arrived poll() {
    lock.lock();
    try {
      return next();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the queue: what is left is dropped, and every wait fails. Only the first reason counts. */
  void end(I2pException why) {
    lock.lock();
    try {
      if (end.set(why)) {
        queue.clear();
        bytes = 0;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Arrived next() {
    Arrived next = queue.poll();
    if (next != null) {
      bytes -= size(next);
    }
    return next;
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static int size(Arrived arrived) {
    return switch (arrived) {
      case Arrived.Message message -> message.payload().remaining();
      case Arrived.Checked checked -> checked.size();
    };
  }
}
