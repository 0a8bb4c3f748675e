package io.allium.sam;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.protocol.sam.LineFramer;
import io.allium.protocol.sam.SamException;
import io.allium.protocol.sam.SessionStatus;
import io.allium.protocol.sam.state.SessionWatch;
import io.allium.protocol.sam.state.Step;
import io.allium.spi.TimeSource;
import io.allium.spi.support.End;
import io.allium.spi.support.OrderedLock;
import io.allium.spi.support.Timeout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches the control connection of a session, which ends when the session does, and takes the datagrams that come on it.
 * It never blocks on it: so the reader of a stream that ended can ask here whether the whole session did, and a cut stream
 * never looks like a finished one.
 */
final class ControlWatch {
  private static final int BUFFER = 1024;

  /** Datagrams come in band by the dozen, and one is up to 32 KB. */
  private static final int IN_BAND_BUFFER = 16 * 1024;

  /** The thread that reads is every session's: a flood of datagrams to one, or of words, waits for the others. */
  private static final int MAX_READS = 64;

  /**
   * The sockets of a router that dies are closed one after the other, within a few milliseconds, and a stream's may come
   * before its session's. Nobody on I2P notices such a wait at the end of a stream; a cut file would be noticed.
   */
  static final Duration GRACE = Duration.ofMillis(25);

  private final SocketChannel channel;
  private final ControlWriter writer;
  private final @Nullable InBandReader inBand;
  private final SelfDatagram ours;
  private final TimeSource time;
  private final End end;
  private final LineFramer framer = new LineFramer();
  private final SessionWatch watch = new SessionWatch();
  private final ReentrantLock lock = new OrderedLock(OrderedLock.Rank.PROVIDER_INPUT);
  private final Condition over = lock.newCondition();
  private ByteBuffer unread;
  private volatile Consumer<I2pException> onLost = cause -> {};

  /** Watches nothing yet; {@code end} is the session's. */
  ControlWatch(
      SamConnection connection,
      ControlWriter writer,
      @Nullable InBandReader inBand,
      SelfDatagram ours,
      TimeSource time,
      End end) {
    this.time = time;
    this.writer = writer;
    this.inBand = inBand;
    this.ours = ours;
    channel = connection.channel();
    unread = connection.rest();
    this.end = end;
  }

  /**
   * Begins.
   *
   * @param lost told why the session ended, unless we closed it
   */
  void start(Consumer<I2pException> lost) throws I2pException {
    onLost = lost;
    watch.start();
    try {
      channel.configureBlocking(false);
      ControlSelector.register(channel, this::poll);
    } catch (IOException e) {
      throw new I2pException(
          ErrorKind.INTERNAL, "the session cannot be watched: " + e.getMessage(), e);
    }
    poll();
  }

  /** Takes what the router said by now, and fails if the session is over. */
  void check() throws I2pException {
    poll();
    end.check();
  }

  /** Asks the router on this connection whether it is there, without waiting. */
  void ping() {
    byte[] line;
    lock.lock();
    try {
      line = watch.ping();
    } finally {
      lock.unlock();
    }
    if (ours != SelfDatagram.NONE) {
      writer.send(ours.command());
    }
    writer.send(line);
  }

  boolean isPingAnswered() {
    poll();
    lock.lock();
    try {
      return watch.isAnswered();
    } finally {
      lock.unlock();
    }
  }

  /** It came to light elsewhere that the session is over, whatever this connection looks like. */
  void lost(I2pException cause) {
    if (end.set(cause)) {
      tell(cause);
    }
  }

  private void tell(I2pException cause) {
    release();
    onLost.accept(cause);
  }

  /** As {@link #check}, for a stream that has just ended: waits whether its session is about to end as well. */
  void checkAfterStream() throws I2pException, InterruptedException {
    check();
    try (Timeout grace = Timeout.in(time, GRACE.toNanos(), lock, over)) {
      lock.lockInterruptibly();
      try {
        while (!end.isSet() && !grace.passed()) {
          over.await();
        }
      } finally {
        lock.unlock();
      }
    }
    check(); // the thread that reads may be late
  }

  void close() {
    end.set(new I2pException(ErrorKind.CLOSED, "the session is closed"));
    release();
  }

  /** Takes what there is, without waiting. */
  private void poll() {
    I2pException cause;
    lock.lock();
    try {
      cause = takeAll();
      if (cause != null && !end.set(cause)) {
        return; // whoever was first tells
      }
    } finally {
      lock.unlock();
    }
    if (cause != null) {
      tell(cause);
    }
  }

  /** Why the session ended, if that came to light now. */
  private @Nullable I2pException takeAll() {
    try {
      for (int reads = 0; !end.isSet() && reads < MAX_READS; reads++) {
        I2pException cause = takeLines();
        if (inBand != null) {
          inBand.batchEnd();
        }
        if (cause != null) {
          return cause;
        }
        ByteBuffer buffer = inBand == null ? ByteBuffer.allocate(BUFFER) : whole(IN_BAND_BUFFER);
        int count = channel.read(buffer);
        unread = buffer.flip();
        if (count < 0) {
          return failure(watch.onEof());
        }
        if (count == 0) {
          return null;
        }
      }
      return null;
    } catch (IOException e) {
      return failure(watch.onEof());
    }
  }

  /** What was read before has been taken. */
  private ByteBuffer whole(int size) {
    return unread.capacity() == size ? unread.clear() : ByteBuffer.allocate(size);
  }

  private @Nullable I2pException takeLines() {
    try {
      while (inBand == null || inBand.takeBody(framer, unread)) {
        Optional<String> line = framer.line(unread);
        if (line.isEmpty()) {
          return null;
        }
        if (inBand != null && inBand.takes(line.get())) {
          continue;
        }
        Step<SessionStatus> step = watch.onLine(line.get());
        if (step instanceof Step.Send<SessionStatus> send) {
          writer.send(send.bytes());
        } else if (step instanceof Step.Failed<SessionStatus> failed) {
          return broken(SamErrors.of(failed.error()));
        }
      }
      return null;
    } catch (SamException violation) {
      return broken(SamErrors.of(violation));
    }
  }

  private static I2pException broken(I2pException cause) {
    return cause.kind() == ErrorKind.SESSION_LOST
        ? cause
        : new I2pException(
            ErrorKind.SESSION_LOST, "the session's connection broke the protocol", cause);
  }

  private static @Nullable I2pException failure(Step<SessionStatus> step) {
    return step instanceof Step.Failed<SessionStatus> failed ? SamErrors.of(failed.error()) : null;
  }

  /** A selector keeps the descriptor of a closed channel until it wakes up. */
  private void release() {
    lock.lock();
    try {
      over.signalAll();
    } finally {
      lock.unlock();
    }
    SamConnection.closeQuietly(channel);
    ControlSelector.wakeUp();
  }
}
