package io.allium.memory;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Registration;
import io.allium.spi.Call;
import io.allium.spi.TimeSource;
import io.allium.spi.support.End;
import io.allium.spi.support.OrderedLock;
import io.allium.spi.support.Timeout;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One direction of a stream: a bounded queue of messages, each of which may be under way for a while. */
final class Pipe {
  /** What a writer may be ahead of its reader; the order of a streaming window. */
  static final int CAPACITY = 64 * 1024;

  /** The largest message: a whole window would make writer and reader take turns. */
  private static final int MAX_MESSAGE = CAPACITY / 4;

  private final TimeSource time;
  private final Dice dice;
  private final Runnable onReset;
  private final ReentrantLock lock = new OrderedLock(OrderedLock.Rank.PROVIDER_STREAM);
  private final Condition readable = lock.newCondition();
  private final Condition writable = lock.newCondition();
  private final ArrayDeque<ByteBuffer> arrived = new ArrayDeque<>(2);
  private final ArrayDeque<Runnable> underWay = new ArrayDeque<>(2);
  private int unread;
  private long sent;
  private long lastArrival;
  private boolean finished;
  private boolean ended;
  private boolean readingEnded;
  private boolean broken;
  private final End reader = new End();
  private final End writer = new End();

  Pipe(TimeSource time, Dice dice, Runnable onReset) {
    this.time = time;
    this.dice = dice;
    this.onReset = onReset;
  }

  /** Writes one message of the source. */
  int write(ByteBuffer source, long noProgressNanos) throws I2pException, InterruptedException {
    // never a smaller message because the reader is slow: where messages are cut must not depend on
    // threads
    int size = Math.min(MAX_MESSAGE, source.remaining());
    long limit = noProgressNanos == 0 ? Timeout.NEVER : noProgressNanos;
    ByteBuffer message;
    try (Timeout timeout = Timeout.in(time, limit, lock, writable)) {
      lock.lockInterruptibly();
      try {
        while (unread + size > CAPACITY && !writer.isSet()) {
          if (timeout.passed()) {
            throw new I2pException(ErrorKind.TIMEOUT, "nothing was taken within the write timeout");
          }
          writable.await();
        }
        writer.check();
        message = take(source, size);
        if (readingEnded) {
          return size; // nobody wants it
        }
        unread += size;
        if (dice.perfect()) {
          arrived.add(message);
          readable.signal();
          return size;
        }
      } finally {
        lock.unlock();
      }
    }
    send(() -> add(message));
    return size;
  }

  private void add(ByteBuffer message) {
    if (readingEnded) {
      unread -= message.remaining();
    } else {
      arrived.add(message);
    }
  }

  int read(ByteBuffer target, long timeoutNanos) throws I2pException, InterruptedException {
    long limit = timeoutNanos == 0 ? Timeout.NEVER : timeoutNanos;
    lock.lockInterruptibly();
    try {
      if (arrived.isEmpty() && !reader.isSet() && !ended && !readingEnded) {
        awaitData(limit);
      }
      reader.check();
      return arrived.isEmpty() ? -1 : drain(target);
    } finally {
      lock.unlock();
    }
  }

  private void awaitData(long limit) throws I2pException, InterruptedException {
    try (Timeout timeout = Timeout.in(time, limit, lock, readable)) {
      while (arrived.isEmpty() && !reader.isSet() && !ended && !readingEnded) {
        if (timeout.passed()) {
          throw new I2pException(ErrorKind.TIMEOUT, "no data within the read timeout");
        }
        readable.await();
      }
    }
  }

  /** Nobody reads any more: what was and will be written is taken and thrown away. */
  void endReading() {
    locked(() -> {
      readingEnded = true;
      unread -= arrived.stream().mapToInt(ByteBuffer::remaining).sum();
      arrived.clear();
    });
  }

  /** Whether the end that the writer set has come. */
  boolean isEnded() {
    lock.lock();
    try {
      return ended && !reader.isSet();
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing is under way, or never will be. */
  boolean isAllThere() {
    lock.lock();
    try {
      return underWay.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until all that was written has come; false if it never will, or the call is aborted. */
  boolean awaitArrival(Call call) throws InterruptedException {
    try (Registration abort = call.onAbort(() -> locked(() -> {}))) {
      lock.lockInterruptibly();
      try {
        while (!underWay.isEmpty() && !broken && !call.aborted()) {
          writable.await();
        }
        return underWay.isEmpty() && !broken;
      } finally {
        lock.unlock();
      }
    }
  }

  int available() {
    lock.lock();
    try {
      return arrived.stream().mapToInt(ByteBuffer::remaining).sum();
    } finally {
      lock.unlock();
    }
  }

  /** The writer is done: the reader will see the end after all that was written. */
  void finish() {
    boolean first;
    lock.lock();
    try {
      first = !finished && !writer.isSet();
      finished = true;
      if (first) {
        writer.set(new I2pException(ErrorKind.CLOSED, "our direction of the stream was ended"));
        writable.signalAll();
      }
    } finally {
      lock.unlock();
    }
    if (first) {
      if (dice.perfect()) {
        locked(() -> ended = true);
      } else {
        send(() -> ended = true);
      }
    }
  }

  /** Neither end can use this direction any more. */
  void fail(I2pException forReader, I2pException forWriter) {
    locked(() -> {
      reader.set(forReader);
      writer.set(forWriter);
      arrived.clear();
      broken = true;
    });
  }

  private int drain(ByteBuffer target) {
    int before = target.position();
    while (target.hasRemaining() && !arrived.isEmpty()) {
      ByteBuffer first = arrived.element();
      int count = Math.min(target.remaining(), first.remaining());
      target.put(target.position(), first, first.position(), count);
      target.position(target.position() + count);
      first.position(first.position() + count);
      if (!first.hasRemaining()) {
        arrived.remove();
      }
    }
    int count = target.position() - before;
    unread -= count;
    writable.signal();
    return count;
  }

  /** Messages of one direction never overtake each other: whatever timer fires, the oldest one arrives. */
  private void send(Runnable arrival) {
    long delay;
    lock.lock();
    try {
      long number = sent++;
      underWay.add(dice.resets(number) ? onReset : () -> locked(arrival));
      long now = time.nanos();
      lastArrival = Math.max(lastArrival, now + dice.delayNanos(number));
      delay = lastArrival - now;
    } finally {
      lock.unlock();
    }
    time.schedule(delay, this::arrive);
  }

  private void arrive() {
    Runnable oldest;
    lock.lock();
    try {
      oldest = underWay.remove();
    } finally {
      lock.unlock();
    }
    oldest.run();
    locked(() -> {});
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      readable.signalAll();
      writable.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static ByteBuffer take(ByteBuffer source, int size) {
    byte[] bytes = new byte[size];
    source.get(bytes);
    return ByteBuffer.wrap(bytes);
  }
}
