package io.allium.sam;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.protocol.sam.LineFramer;
import io.allium.protocol.sam.SamException;
import io.allium.protocol.sam.SessionStatus;
import io.allium.protocol.sam.state.SessionWatch;
import io.allium.protocol.sam.state.Step;
import io.allium.spi.SessionEvents;
import io.allium.spi.TimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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
  private static final Duration GRACE = Duration.ofMillis(25);

  private final SocketChannel channel;
  private final ControlWriter writer;
  private final @Nullable InBandReader inBand;
  private final TimeSource time;
  private final SessionEvents events;
  private final LineFramer framer = new LineFramer();
  private final SessionWatch watch = new SessionWatch();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition over = lock.newCondition();
  private ByteBuffer unread;
  private @Nullable I2pException ended;

  private ControlWatch(
      SamConnection connection,
      ControlWriter writer,
      @Nullable InBandReader inBand,
      TimeSource time,
      SessionEvents events) {
    this.time = time;
    this.writer = writer;
    this.inBand = inBand;
    channel = connection.channel();
    unread = connection.rest();
    this.events = events;
  }

  static ControlWatch start(
      SamConnection connection,
      ControlWriter writer,
      @Nullable InBandReader inBand,
      TimeSource time,
      SessionEvents events)
      throws I2pException {
    ControlWatch control = new ControlWatch(connection, writer, inBand, time, events);
    control.watch.start();
    try {
      connection.channel().configureBlocking(false);
      ControlSelector.register(connection.channel(), control::poll);
    } catch (IOException e) {
      throw new I2pException(
          ErrorKind.INTERNAL, "the session cannot be watched: " + e.getMessage(), e);
    }
    control.poll();
    return control;
  }

  /** Takes what the router said by now, and fails if the session is over. */
  void check() throws I2pException {
    poll();
    lock.lock();
    try {
      failIfEnded();
    } finally {
      lock.unlock();
    }
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
    lock.lock();
    try {
      if (ended != null) {
        return;
      }
      ended = cause;
      over.signalAll();
    } finally {
      lock.unlock();
    }
    release();
    events.lost(cause);
  }

  /** As {@link #check}, for a stream that has just ended: waits whether its session is about to end as well. */
  void checkAfterStream() throws I2pException, InterruptedException {
    check();
    boolean[] waited = new boolean[1];
    TimeSource.Timer timer = time.schedule(GRACE.toNanos(), () -> {
      lock.lock();
      try {
        waited[0] = true;
        over.signalAll();
      } finally {
        lock.unlock();
      }
    });
    lock.lockInterruptibly();
    try {
      while (ended == null && !waited[0]) {
        over.await();
      }
      failIfEnded();
    } finally {
      lock.unlock();
      timer.cancel();
    }
  }

  private void failIfEnded() throws I2pException {
    if (ended != null) {
      throw new I2pException(ended.kind(), String.valueOf(ended.getMessage()), ended);
    }
  }

  void close() {
    lock.lock();
    try {
      if (ended == null) {
        ended = new I2pException(ErrorKind.CLOSED, "the session is closed");
      }
      over.signalAll();
    } finally {
      lock.unlock();
    }
    release();
  }

  /** Takes what there is, without waiting. */
  private void poll() {
    I2pException cause = null;
    lock.lock();
    try {
      cause = takeAll();
      if (ended == null && cause != null) {
        ended = cause;
        over.signalAll();
      }
    } finally {
      lock.unlock();
    }
    if (cause != null) {
      release();
      events.lost(cause);
    }
  }

  /** Why the session ended, if that came to light now. */
  private @Nullable I2pException takeAll() {
    try {
      for (int reads = 0; ended == null && reads < MAX_READS; reads++) {
        I2pException cause = takeLines();
        if (inBand != null) {
          inBand.wakeReceivers();
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
    SamConnection.closeQuietly(channel);
    ControlSelector.wakeUp();
  }
}
