package io.allium.spi;

import io.allium.ErrorKind;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Received datagrams that nobody has taken yet, for a {@link DatagramDriver}. Bounded in number and bytes: what arrives
 * while it is full is dropped and counted, as datagrams may be. Safe for use by several threads.
 */
public final class DatagramQueue {
  /** A burst of small datagrams; a receiver that is later than this will not catch up. */
  public static final int MAX_DATAGRAMS = 4096;

  /** What a flood of large datagrams may cost a port, in bytes of payload and of senders that it brings along. */
  public static final long MAX_BYTES = 4L << 20;

  private record Waiting(I2pDatagram datagram, int size) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
  private long bytes;
  private long dropped;
  private @Nullable I2pException ended;

  /** Creates an empty queue. */
  public DatagramQueue() {}

  /**
   * Adds a datagram, or drops it if there is no room or the queue has ended. Never blocks.
   *
   * @param datagram what arrived
   * @param size the length of its payload in bytes, and of a sender that is kept for this datagram alone
   */
  public void offer(I2pDatagram datagram, int size) {
    lock.lock();
    try {
      add(datagram, size);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * As {@link #offer}, but wakes nobody yet: for one of several that arrive together, as waking a receiver for each costs
   * more than the datagram. {@link #wakeReceiver()} must follow.
   *
   * @param datagram what arrived
   * @param size the length of its payload in bytes, and of a sender that is kept for this datagram alone
   */
  public void offerQuietly(I2pDatagram datagram, int size) {
    lock.lock();
    try {
      add(datagram, size);
    } finally {
      lock.unlock();
    }
  }

  /** Wakes a receiver for what was offered quietly; it wakes the next one. */
  public void wakeReceiver() {
    lock.lock();
    try {
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void add(I2pDatagram datagram, int size) {
    if (ended != null) {
      return;
    }
    if (queue.size() >= MAX_DATAGRAMS || bytes + size > MAX_BYTES) {
      dropped++;
      return;
    }
    queue.add(new Waiting(datagram, size));
    bytes += size;
  }

  /**
   * Waits for the oldest datagram and takes it.
   *
   * @param call ends the wait early
   * @return the datagram
   * @throws I2pException why the queue ended, once it did; {@code CLOSED} if the call was aborted
   * @throws InterruptedException if the thread was interrupted; no datagram is lost by it
   */
  public I2pDatagram take(Call call) throws I2pException, InterruptedException {
    call.onAbort(this::wake);
    lock.lockInterruptibly();
    try {
      while (true) {
        if (call.aborted()) {
          throw new I2pException(ErrorKind.CLOSED, "abandoned");
        }
        Waiting next = queue.poll();
        if (next != null) {
          // Done before the deadline can still abort it: otherwise the datagram would be lost.
          if (!call.finish()) {
            queue.addFirst(next);
            continue;
          }
          bytes -= next.size;
          return next.datagram;
        }
        if (ended != null) {
          throw new I2pException(ended.kind(), String.valueOf(ended.getMessage()), ended);
        }
        changed.await();
      }
    } finally {
      changed
          .signal(); // a signal that was meant for us may have come with an interrupt: pass it on
      lock.unlock();
    }
  }

  /**
   * Takes the oldest datagram if there is one, without waiting.
   *
   * @return the datagram, or empty if none waits or the queue has ended
   */
  public Optional<I2pDatagram> poll() {
    lock.lock();
    try {
      Waiting next = queue.poll();
      if (next == null) {
        return Optional.empty();
      }
      bytes -= next.size;
      return Optional.of(next.datagram);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the queue: what is left is dropped, and every wait fails. Only the first reason counts.
   *
   * @param why what the waits fail with
   */
  public void end(I2pException why) {
    lock.lock();
    try {
      if (ended == null) {
        ended = why;
        queue.clear();
        bytes = 0;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * How many datagrams wait to be taken.
   *
   * @return 0 to {@link #MAX_DATAGRAMS}
   */
  public int size() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * How many datagrams found no room so far.
   *
   * @return never less than before
   */
  public long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
