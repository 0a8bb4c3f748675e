package io.allium.memory;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.spi.TimeSource;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One direction of a stream: a bounded queue of messages, each of which may be under way for a while. */
final class Pipe {
  /** What a writer may be ahead of its reader; the order of a streaming window. */
  static final int CAPACITY = 64 * 1024;

  /** The largest message: a whole window would make writer and reader take turns. */
  private static final int MAX_MESSAGE = CAPACITY / 4;

  private final TimeSource time;
  private final Dice dice;
  private final Runnable onReset;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition readable = lock.newCondition();
  private final Condition writable = lock.newCondition();
  private final ArrayDeque<ByteBuffer> arrived = new ArrayDeque<>(2);
  private final ArrayDeque<Runnable> underWay = new ArrayDeque<>(2);
  private int unread;
  private long sent;
  private long lastArrival;
  private boolean finished;
  private boolean ended;
  private @Nullable I2pException readerFailure;
  private @Nullable I2pException writerFailure;

  Pipe(TimeSource time, Dice dice, Runnable onReset) {
    this.time = time;
    this.dice = dice;
    this.onReset = onReset;
  }

  void write(ByteBuffer source) throws I2pException, InterruptedException {
    while (source.hasRemaining()) {
      ByteBuffer message;
      lock.lockInterruptibly();
      try {
        // never a smaller message because the reader is slow: where messages are cut must not
        // depend on threads
        int size = Math.min(MAX_MESSAGE, source.remaining());
        while (unread + size > CAPACITY && writerFailure == null) {
          writable.await();
        }
        failIf(writerFailure);
        message = take(source, size);
        unread += message.remaining();
        if (dice.perfect()) {
          arrived.add(message);
          readable.signal();
          continue;
        }
      } finally {
        lock.unlock();
      }
      send(() -> arrived.add(message));
    }
  }

  int read(ByteBuffer target, long timeoutNanos) throws I2pException, InterruptedException {
    lock.lockInterruptibly();
    TimeSource.@Nullable Timer timer = null;
    boolean[] expired = new boolean[1];
    try {
      while (true) {
        failIf(readerFailure);
        if (!arrived.isEmpty()) {
          return drain(target);
        }
        if (ended) {
          return -1;
        }
        if (expired[0]) {
          throw new I2pException(ErrorKind.TIMEOUT, "no data within the read timeout");
        }
        if (timeoutNanos > 0 && timer == null) {
          timer = time.schedule(timeoutNanos, () -> locked(() -> expired[0] = true));
        }
        if (!expired[0]) {
          readable.await();
        }
      }
    } finally {
      lock.unlock();
      if (timer != null) {
        timer.cancel();
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
      first = !finished && writerFailure == null;
      finished = true;
      if (first) {
        writerFailure = new I2pException(ErrorKind.CLOSED, "our direction of the stream was ended");
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
  void fail(@Nullable I2pException reader, @Nullable I2pException writer) {
    locked(() -> {
      if (readerFailure == null) {
        readerFailure = reader;
      }
      if (writerFailure == null) {
        writerFailure = writer;
      }
      if (reader != null) {
        arrived.clear();
      }
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

  private static void failIf(@Nullable I2pException failure) throws I2pException {
    if (failure != null) {
      throw new I2pException(failure.kind(), String.valueOf(failure.getMessage()), failure);
    }
  }
}
