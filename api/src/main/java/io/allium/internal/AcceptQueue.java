package io.allium.internal;

import io.allium.Destination;
import io.allium.I2pException;
import io.allium.Registration;
import io.allium.spi.TimeSource;
import io.allium.spi.support.End;
import io.allium.spi.support.OrderedLock;
import io.allium.spi.support.Timeout;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The incoming streams of one port that nobody has accepted yet. */
public final class AcceptQueue {
  /** Enough for a burst; each holds a connection of the peer and of the router. */
  static final int MAX_WAITING = 64;

  /** One peer does not take the places of all others; a new destination costs it a session. */
  static final int MAX_WAITING_PER_PEER = 16;

  /** A peer that is going to be refused should learn it while it still waits. */
  static final Duration MAX_WAIT = Duration.ofSeconds(5);

  /** An incoming stream, answered or not. */
  interface Arrival {
    Destination remote();

    /** Not if its session was lost, or its peer gave up. */
    boolean isOpen();

    /** Answers it, if that is not done. */
    StreamCore take() throws I2pException;

    void refuse();
  }

  private record Waiting(Arrival arrival, Registration timer) {}

  private final TimeSource time;
  private final Runnable refused;
  private final ReentrantLock lock = new OrderedLock(OrderedLock.Rank.ACCEPT_QUEUE);
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
  private final Set<Runnable> atEnd = new HashSet<>();
  private final End end = new End();

  AcceptQueue(TimeSource time, Runnable refused) {
    this.time = time;
    this.refused = refused;
  }

  /**
   * Whether one more of this peer would wait here now: asked before it is answered.
   *
   * @param remote the peer
   */
  boolean hasRoomFor(Destination remote) {
    lock.lock();
    try {
      queue.removeIf(AcceptQueue::isGone);
      return !end.isSet()
          && queue.size() < MAX_WAITING
          && queue.stream()
                  .filter(other -> other.arrival.remote().equals(remote))
                  .count()
              < MAX_WAITING_PER_PEER;
    } finally {
      lock.unlock();
    }
  }

  /** Takes charge of it: it will be accepted or refused. */
  void offer(Arrival arrival) {
    lock.lock();
    try {
      if (!arrival.isOpen()) {
        return;
      }
      if (hasRoomFor(arrival.remote())) {
        queue.add(new Waiting(arrival, time.schedule(MAX_WAIT.toNanos(), () -> expire(arrival))));
        changed.signal();
        return;
      }
    } finally {
      lock.unlock();
    }
    refuse(arrival);
  }

  /**
   * Waits for the next stream.
   *
   * @param timeoutNanos how long at most; {@link Timeout#NEVER} without a limit
   */
  public StreamCore take(long timeoutNanos) throws I2pException {
    Calls.refuseInterrupted("accept");
    try (Timeout timeout = Timeout.in(time, timeoutNanos, lock, changed)) {
      while (true) {
        Arrival next = next(timeout, timeoutNanos);
        try {
          return next.take();
        } catch (I2pException e) {
          if (next.isOpen()) {
            throw e;
          }
        }
      }
    }
  }

  private Arrival next(Timeout timeout, long timeoutNanos) throws I2pException {
    lock.lock();
    try {
      while (true) {
        Waiting next = queue.poll();
        if (next != null) {
          next.timer.close();
          if (next.arrival.isOpen()) {
            return next.arrival;
          }
          continue; // its session was lost meanwhile
        }
        end.check("accept");
        if (timeout.passed()) {
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
    }
  }

  int size() {
    lock.lock();
    try {
      return (int) queue.stream().filter(waiting -> waiting.arrival.isOpen()).count();
    } finally {
      lock.unlock();
    }
  }

  void end(I2pException why) {
    List<Waiting> left;
    List<Runnable> actions;
    lock.lock();
    try {
      end.set(why);
      left = List.copyOf(queue);
      queue.clear();
      actions = List.copyOf(atEnd);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    for (Waiting waiting : left) {
      waiting.timer.close();
      refuse(waiting.arrival);
    }
    actions.forEach(Runnable::run);
  }

  /** Runs the action when this ends, at once if it has. */
  public Registration onEnd(Runnable action) {
    boolean over;
    lock.lock();
    try {
      atEnd.add(action);
      over = end.isSet();
    } finally {
      lock.unlock();
    }
    if (over) {
      action.run();
    }
    return () -> notOnEnd(action);
  }

  private void notOnEnd(Runnable action) {
    lock.lock();
    try {
      atEnd.remove(action);
    } finally {
      lock.unlock();
    }
  }

  /** Lost with its session: it takes nobody's place. */
  private static boolean isGone(Waiting waiting) {
    if (waiting.arrival.isOpen()) {
      return false;
    }
    waiting.timer.close();
    return true;
  }

  @SuppressWarnings("ReferenceEquality") // this very one, whatever equals says
  private void expire(Arrival arrival) {
    boolean removed;
    lock.lock();
    try {
      removed = queue.removeIf(waiting -> waiting.arrival == arrival);
    } finally {
      lock.unlock();
    }
    if (removed) {
      refuse(arrival);
    }
  }

  private void refuse(Arrival arrival) {
    if (arrival.isOpen()) {
      refused.run();
      arrival.refuse();
    }
  }
}
