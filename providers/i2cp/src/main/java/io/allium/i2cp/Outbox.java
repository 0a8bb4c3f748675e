package io.allium.i2cp;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.spi.TimeSource;
import io.allium.spi.support.End;
import io.allium.spi.support.OrderedLock;
import io.allium.spi.support.Timeout;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What waits to be written to a router. One thread writes it, so that no interrupt of a program's thread can cut a message,
 * and many small messages go with one system call.
 */
final class Outbox {
  /** A burst of small messages, or two of the largest. */
  private static final int CAPACITY = 160 * 1024;

  private static final int SMALL = 4 * 1024;

  /** Control messages come a few a minute; a router that has not read for so long is as good as dead. */
  private static final int MAX_CONTROL = 256;

  /** A router that takes nothing for so long has another trouble than a burst. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final TimeSource time;
  private final End end;
  private final ReentrantLock lock = new OrderedLock(OrderedLock.Rank.PROVIDER_OUTPUT);
  private final Condition work = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Queue<byte[]> control = new ArrayDeque<>();
  private ByteBuffer filling = ByteBuffer.allocate(SMALL);
  private ByteBuffer writing = ByteBuffer.allocate(SMALL);
  private boolean hasLast;

  /** {@code end} is the connection's. */
  Outbox(TimeSource time, End end) {
    this.time = time;
    this.end = end;
  }

  /** Takes a control message, and never waits; it goes before the others, and is wiped once it was written. */
  void control(byte[] message) throws I2pException {
    lock.lock();
    try {
      end.check();
      if (control.size() == MAX_CONTROL) {
        throw stuck();
      }
      control.add(message);
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Takes the last message, without waiting: all others go before it, and who waits for room waits in vain. */
  void last(byte[] message) throws I2pException {
    lock.lock();
    try {
      end.check();
      append(message.length, to -> to.put(message));
      hasLast = true;
      work.signal();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a message, and waits for room.
   *
   * @param length of the message
   * @param message writes it
   * @throws I2pException {@code TIMEOUT} if there is no room for long
   */
  void put(int length, Consumer<ByteBuffer> message) throws I2pException, InterruptedException {
    lock.lockInterruptibly();
    try {
      if (!hasRoom(length)) {
        awaitRoom(length);
      }
      end.check();
      if (hasLast) {
        throw new I2pException(ErrorKind.CLOSED, "the session is closed");
      }
      append(length, message);
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  private void awaitRoom(int length) throws I2pException, InterruptedException {
    try (Timeout timeout = Timeout.in(time, PATIENCE.toNanos(), lock, room)) {
      while (!hasRoom(length)) {
        if (timeout.passed()) {
          throw stuck();
        }
        room.await();
      }
    }
  }

  /** Or is over. */
  private boolean hasRoom(int length) {
    return filling.position() + length <= CAPACITY || hasLast || end.isSet();
  }

  private void append(int length, Consumer<ByteBuffer> message) {
    if (filling.remaining() < length) {
      int needed = filling.position() + length;
      filling =
          ByteBuffer.allocate(Math.max(needed, Math.min(CAPACITY, 2 * needed))).put(filling.flip());
    }
    message.accept(filling);
  }

  /** Writes until the connection ends. */
  void run(OutputStream out) throws IOException, InterruptedException {
    while (true) {
      byte[] first;
      lock.lockInterruptibly();
      try {
        while (control.isEmpty() && filling.position() == 0 && !end.isSet()) {
          work.await();
        }
        if (end.isSet()) {
          return;
        }
        first = control.poll();
        if (first == null) {
          ByteBuffer full = filling;
          filling = writing.clear();
          writing = full;
          room.signalAll();
        }
      } finally {
        lock.unlock();
      }
      if (first == null) {
        out.write(writing.array(), 0, writing.position());
      } else {
        out.write(first);
        Arrays.fill(first, (byte) 0);
      }
    }
  }

  /** To be called once the end is set. */
  void wake() {
    lock.lock();
    try {
      control.forEach(message -> Arrays.fill(message, (byte) 0));
      control.clear();
      work.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static I2pException stuck() {
    return new I2pException(ErrorKind.TIMEOUT, "the router takes no messages now: try again later");
  }
}
