package io.allium;

import io.allium.spi.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The incoming streams of one port that nobody has accepted yet. */
final class WaitingStreams {
  /** Enough for a burst; each holds a connection of the peer and of the router. */
  static final int MAX_WAITING = 64;

  /** One peer does not take the places of all others; a new destination costs it a session. */
  static final int MAX_WAITING_PER_PEER = 16;

  /** A peer that is going to be refused should learn it while it still waits. */
  static final Duration MAX_WAIT = Duration.ofSeconds(5);

  private record Waiting(I2pStream stream, TimeSource.Timer timer) {}

  private final TimeSource time;
  private final Runnable refused;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
  private final Set<Runnable> atEnd = new HashSet<>();
  private @Nullable I2pException ended;

  WaitingStreams(TimeSource time, Runnable refused) {
    this.time = time;
    this.refused = refused;
  }

  /** Takes charge of the stream: it will be accepted or refused. */
  void offer(I2pStream stream) {
    lock.lock();
    try {
      queue.removeIf(WaitingStreams::isGone);
      if (!stream.isOpen()) {
        return;
      }
      if (ended == null && queue.size() < MAX_WAITING && waiting(stream) < MAX_WAITING_PER_PEER) {
        queue.add(new Waiting(stream, time.schedule(MAX_WAIT.toNanos(), () -> expire(stream))));
        changed.signal();
        return;
      }
    } finally {
      lock.unlock();
    }
    refuse(stream);
  }

  I2pStream take(long timeoutNanos) throws I2pException {
    Calls.refuseInterrupted("accept");
    boolean[] expired = new boolean[1];
    TimeSource.@Nullable Timer timer =
        timeoutNanos == Long.MAX_VALUE ? null : time.schedule(timeoutNanos, () -> expire(expired));
    lock.lock();
    try {
      while (true) {
        Waiting next = queue.poll();
        if (next != null) {
          next.timer.cancel();
          if (next.stream.isOpen()) {
            return next.stream;
          }
          continue; // its session was lost meanwhile
        }
        if (ended != null) {
          throw Calls.again("accept", ended);
        }
        if (expired[0]) {
          throw Calls.timeout("accept", Duration.ofNanos(timeoutNanos));
        }
        changed.await();
      }
    } catch (InterruptedException e) {
      changed.signal(); // a signal may have been meant for us: pass it on
      Thread.currentThread().interrupt();
      throw Calls.interrupted("accept");
    } finally {
      lock.unlock();
      if (timer != null) {
        timer.cancel();
      }
    }
  }

  int size() {
    lock.lock();
    try {
      return (int) queue.stream().filter(waiting -> waiting.stream.isOpen()).count();
    } finally {
      lock.unlock();
    }
  }

  void end(I2pException why) {
    ArrayDeque<Waiting> left;
    List<Runnable> actions;
    lock.lock();
    try {
      if (ended == null) {
        ended = why;
      }
      left = new ArrayDeque<>(queue);
      queue.clear();
      actions = List.copyOf(atEnd);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    for (Waiting waiting : left) {
      waiting.timer.cancel();
      refuse(waiting.stream);
    }
    actions.forEach(Runnable::run);
  }

  /** Runs the action when this ends, at once if it has, unless it is called off before. */
  void onEnd(Runnable action) {
    boolean over;
    lock.lock();
    try {
      atEnd.add(action);
      over = ended != null;
    } finally {
      lock.unlock();
    }
    if (over) {
      action.run();
    }
  }

  void notOnEnd(Runnable action) {
    lock.lock();
    try {
      atEnd.remove(action);
    } finally {
      lock.unlock();
    }
  }

  /** Lost with its session: it takes nobody's place. */
  private static boolean isGone(Waiting waiting) {
    if (waiting.stream.isOpen()) {
      return false;
    }
    waiting.timer.cancel();
    return true;
  }

  private long waiting(I2pStream stream) {
    return queue.stream()
        .filter(other -> other.stream.remote().name().equals(stream.remote().name()))
        .count();
  }

  private void expire(boolean[] flag) {
    lock.lock();
    try {
      flag[0] = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("ReferenceEquality") // this very stream, whatever equals says
  private void expire(I2pStream stream) {
    boolean removed;
    lock.lock();
    try {
      removed = queue.removeIf(waiting -> waiting.stream == stream);
    } finally {
      lock.unlock();
    }
    if (removed) {
      refuse(stream);
    }
  }

  private void refuse(I2pStream stream) {
    if (stream.isOpen()) {
      refused.run();
      stream.cancel();
    }
  }
}
