package io.allium.spi.support;

import io.allium.Registration;
import io.allium.spi.TimeSource;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A clock that moves only when told to; due tasks run on the thread that moves it, in order. */
public final class ManualTime implements TimeSource {
  private record Task(long at, long order, Runnable body) implements Comparable<Task> {
    @Override
    public int compareTo(Task other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final ReentrantLock lock = new OrderedLock(OrderedLock.Rank.TIMERS);
  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private long now;
  private long scheduled;

  /** At its origin. */
  public ManualTime() {}

  @Override
  public long nanos() {
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Registration schedule(long delayNanos, Runnable body) {
    if (delayNanos <= 0) {
      body.run();
      return () -> {};
    }
    lock.lock();
    try {
      Task task = new Task(saturatedAdd(now, delayNanos), scheduled++, body);
      tasks.add(task);
      return () -> cancel(task);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Moves the clock, and runs what is due on this thread.
   *
   * @param nanos how far, in nanoseconds, not negative
   */
  public void advance(long nanos) {
    long target = saturatedAdd(nanos(), nanos);
    Task next = due(target);
    while (next != null) {
      next.body.run();
      next = due(target);
    }
  }

  private @Nullable Task due(long target) {
    lock.lock();
    try {
      Task first = tasks.peek();
      if (first == null || first.at > target) {
        now = Math.max(now, target);
        return null;
      }
      tasks.remove();
      now = Math.max(now, first.at);
      return first;
    } finally {
      lock.unlock();
    }
  }

  private void cancel(Task task) {
    lock.lock();
    try {
      tasks.remove(task);
    } finally {
      lock.unlock();
    }
  }

  private static long saturatedAdd(long left, long right) {
    long sum = left + right;
    return sum < left ? Long.MAX_VALUE : sum;
  }
}
