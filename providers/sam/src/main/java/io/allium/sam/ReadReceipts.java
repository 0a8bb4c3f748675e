package io.allium.sam;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.protocol.sam.NamingLookup;
import io.allium.protocol.sam.NamingReply;
import io.allium.spi.TimeSource;
import io.allium.spi.support.End;
import io.allium.spi.support.OrderedLock;
import io.allium.spi.support.Timeout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Learns that a bridge has read a datagram, which has no reply of its own, by the reply to a question behind it. i2pd
 * takes one command of each read: a second one in the same read waits until more is written, and of a third one, or of a
 * long one, it may lose the beginning and with it the place where the next command starts. So nothing is written before
 * all that was written is read, and a question that is not answered is repeated, which makes i2pd look again.
 */
final class ReadReceipts {
  /** No name of I2P, so the router answers at once that it does not know it. */
  private static final String NAME = "allium-";

  /** i2pd on this machine has answered by then. */
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  private final TimeSource time;
  private final End end;
  private final ReentrantLock lock = new OrderedLock(OrderedLock.Rank.PROVIDER_OUTPUT);
  private final Condition changed = lock.newCondition();
  private long asked;
  private String awaited = "";

  /**
   * Of one session.
   *
   * @param time the clock of its router
   * @param end the session's
   */
  ReadReceipts(TimeSource time, End end) {
    this.time = time;
    this.end = end;
  }

  /** For one thread at a time. */
  void await(ControlWriter writer) throws IOException, InterruptedException {
    byte[] question = ask();
    long last = time.nanos() + Writability.PATIENCE.toNanos();
    for (long pause = FIRST_PAUSE_NANOS; time.nanos() - last < 0; pause *= 2) {
      writer.write(ByteBuffer.wrap(question));
      if (isAnswered(pause)) {
        return;
      }
    }
    throw new I2pException(ErrorKind.TIMEOUT, "the router takes no datagrams now: try again later");
  }

  /** Whether a reply is one to a question that was asked here. */
  boolean takes(NamingReply reply) {
    lock.lock();
    try {
      if (reply.name().equals(awaited)) {
        awaited = "";
        changed.signalAll();
      }
      return reply.name().startsWith(NAME);
    } finally {
      lock.unlock();
    }
  }

  /** To be called once the session's end is set. */
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private byte[] ask() {
    lock.lock();
    try {
      awaited = NAME + asked++;
      return new NamingLookup(awaited, false).encode();
    } finally {
      lock.unlock();
    }
  }

  private boolean isAnswered(long nanos) throws I2pException, InterruptedException {
    try (Timeout timeout = Timeout.in(time, nanos, lock, changed)) {
      lock.lockInterruptibly();
      try {
        while (!awaited.isEmpty() && !end.isSet() && !timeout.passed()) {
          changed.await();
        }
        end.check();
        return awaited.isEmpty();
      } finally {
        lock.unlock();
      }
    }
  }
}
