package io.allium.sam;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.protocol.sam.NamingLookup;
import io.allium.protocol.sam.NamingReply;
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

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long asked;
  private String awaited = "";
  private boolean ended;

  /** For one thread at a time. */
  void await(ControlWriter writer) throws IOException, InterruptedException {
    byte[] question = ask();
    long end = System.nanoTime() + Writability.PATIENCE.toNanos();
    for (long pause = FIRST_PAUSE_NANOS; System.nanoTime() - end < 0; pause *= 2) {
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

  void end() {
    lock.lock();
    try {
      ended = true;
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
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (!awaited.isEmpty() && !ended && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (ended) {
        throw new I2pException(ErrorKind.CLOSED, "the session is closed");
      }
      return awaited.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
