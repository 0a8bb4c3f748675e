package io.allium.sam;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.spi.support.OrderedLock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What comes on a stream's connection: what came with the line before first. */
final class SamInput {
  /** A read may return less than there is room for; this is a socket's usual buffer. */
  private static final int MAX_COPY = 64 * 1024;

  /** What {@link #begin} returns if there is nothing but what the connection brings. */
  private static final int READ_ON = 0;

  private final SocketChannel channel;
  private final ReentrantLock lock = new OrderedLock(OrderedLock.Rank.PROVIDER_STREAM);
  private @Nullable ByteBuffer first;
  private boolean timed;
  private boolean reading;
  private @Nullable Lingering heir;
  private volatile boolean closed;
  private volatile boolean ended;
  private volatile boolean peerEnded;

  SamInput(SamConnection connection) {
    channel = connection.channel();
    first = connection.rest().hasRemaining() ? connection.rest() : null;
  }

  /** As {@link SamStream#read}. */
  int read(ByteBuffer target, long timeoutNanos) throws IOException {
    int begun = begin(target);
    if (begun != READ_ON) {
      return begun;
    }
    try {
      int count =
          timeoutNanos == 0 && !timed ? channel.read(target) : readTimed(target, timeoutNanos);
      if (isOver()) {
        return -1;
      }
      if (count < 0) {
        peerEnded = true;
      }
      return count;
    } finally {
      done();
    }
  }

  /** How many bytes wait to be read, here and in the kernel. */
  int available() {
    lock.lock();
    try {
      return ended ? 0 : (first == null ? 0 : first.remaining()) + inKernel();
    } finally {
      lock.unlock();
    }
  }

  /** What the kernel has. */
  int inKernel() {
    try {
      return channel.socket().getInputStream().available();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Nobody reads any more; who does, is woken. */
  void end() throws IOException {
    boolean wake;
    lock.lock();
    try {
      ended = true;
      first = null;
      wake = reading;
    } finally {
      lock.unlock();
    }
    if (wake) {
      channel.shutdownInput();
    }
  }

  /** Whether the router ended its side. */
  boolean isPeerEnded() {
    return peerEnded;
  }

  /** Whether nobody wants more. */
  boolean isOver() {
    return ended || closed;
  }

  /** No read begins any more; whether one is in progress, which gets nothing. */
  boolean close() {
    lock.lock();
    try {
      closed = true;
      return reading;
    } finally {
      lock.unlock();
    }
  }

  /** Hands over the reading, once nobody reads. */
  void leaveTo(Lingering lingering) {
    lock.lock();
    try {
      if (reading) {
        heir = lingering;
        return;
      }
    } finally {
      lock.unlock();
    }
    lingering.drain();
  }

  private int begin(ByteBuffer target) throws I2pException {
    lock.lock();
    try {
      if (ended) {
        return -1;
      }
      ByteBuffer begun = first;
      if (begun != null) {
        return takeFirst(begun, target);
      }
      if (closed) {
        throw new I2pException(ErrorKind.CLOSED, "the stream is closed");
      }
      reading = true;
      return READ_ON;
    } finally {
      lock.unlock();
    }
  }

  private void done() {
    Lingering next;
    lock.lock();
    try {
      reading = false;
      next = heir;
    } finally {
      lock.unlock();
    }
    if (next != null) {
      next.drain();
    }
  }

  private int takeFirst(ByteBuffer begun, ByteBuffer target) {
    int count = Math.min(begun.remaining(), target.remaining());
    target.put(target.position(), begun, begun.position(), count);
    target.position(target.position() + count);
    begun.position(begun.position() + count);
    if (!begun.hasRemaining()) {
      first = null;
    }
    return count;
  }

  /** Only the socket view of a channel has timeouts; once used, it is kept, so that both never read at once. */
  private int readTimed(ByteBuffer target, long timeoutNanos) throws IOException {
    timed = true;
    channel.socket().setSoTimeout(millis(timeoutNanos));
    InputStream in = channel.socket().getInputStream();
    if (!target.hasArray()) {
      byte[] bytes = new byte[Math.min(target.remaining(), MAX_COPY)];
      int count = in.read(bytes);
      target.put(bytes, 0, Math.max(count, 0));
      return count;
    }
    int count =
        in.read(target.array(), target.arrayOffset() + target.position(), target.remaining());
    target.position(target.position() + Math.max(count, 0));
    return count;
  }

  private static int millis(long nanos) {
    if (nanos == 0) {
      return 0;
    }
    return (int) Math.clamp(TimeUnit.NANOSECONDS.toMillis(nanos), 1L, Integer.MAX_VALUE);
  }
}
