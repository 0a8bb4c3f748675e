package io.allium.samclient;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.sam.LineFramer;
import io.allium.sam.SessionStatus;
import io.allium.sam.state.SessionWatch;
import io.allium.sam.state.Step;
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
 * Watches the control connection of a session, which ends when the session does. It never blocks on it: so the reader of
 * a stream that ended can ask here whether the whole session did, and a cut stream never looks like a finished one.
 */
final class ControlWatch {
  private static final int BUFFER = 1024;

  /**
   * The sockets of a router that dies are closed one after the other, within a few milliseconds, and a stream's may come
   * before its session's. Nobody on I2P notices such a wait at the end of a stream; a cut file would be noticed.
   */
  private static final Duration GRACE = Duration.ofMillis(25);

  private final SocketChannel channel;
  private final TimeSource time;
  private final SessionEvents events;
  private final LineFramer framer = new LineFramer();
  private final SessionWatch watch = new SessionWatch();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition over = lock.newCondition();
  private ByteBuffer unread;
  private @Nullable I2pException ended;

  private ControlWatch(SamConnection connection, TimeSource time, SessionEvents events) {
    this.time = time;
    channel = connection.channel();
    unread = connection.rest();
    this.events = events;
  }

  static ControlWatch start(SamConnection connection, TimeSource time, SessionEvents events)
      throws I2pException {
    ControlWatch control = new ControlWatch(connection, time, events);
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
      while (ended == null) {
        I2pException cause = takeLines();
        if (cause != null) {
          return cause;
        }
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        int count = channel.read(buffer);
        if (count < 0) {
          return failure(watch.onEof());
        }
        if (count == 0) {
          return null;
        }
        unread = buffer.flip();
      }
      return null;
    } catch (IOException e) {
      return failure(watch.onEof());
    }
  }

  private @Nullable I2pException takeLines() {
    try {
      Optional<String> line = framer.line(unread);
      while (line.isPresent()) {
        Step<SessionStatus> step = watch.onLine(line.get());
        if (step instanceof Step.Send<SessionStatus> send) {
          answer(send.bytes());
        } else if (step instanceof Step.Failed<SessionStatus> failed) {
          return broken(failed.error());
        }
        line = framer.line(unread);
      }
      return null;
    } catch (I2pException violation) {
      return broken(violation);
    }
  }

  private static I2pException broken(I2pException cause) {
    return cause.kind() == ErrorKind.SESSION_LOST
        ? cause
        : new I2pException(
            ErrorKind.SESSION_LOST, "the session's connection broke the protocol", cause);
  }

  /** A PONG fits into an empty send buffer; where it does not, the router has not read for long and will ask again. */
  private void answer(byte[] bytes) {
    try {
      channel.write(ByteBuffer.wrap(bytes));
    } catch (IOException e) {
      System.getLogger(ControlWatch.class.getName())
          .log(System.Logger.Level.DEBUG, "a PING was not answered: " + e.getMessage());
    }
  }

  private static @Nullable I2pException failure(Step<SessionStatus> step) {
    return step instanceof Step.Failed<SessionStatus> failed ? failed.error() : null;
  }

  /** A selector keeps the descriptor of a closed channel until it wakes up. */
  private void release() {
    SamConnection.closeQuietly(channel);
    ControlSelector.wakeUp();
  }
}
