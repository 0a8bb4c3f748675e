package io.allium.internal;

import io.allium.Registration;
import io.allium.spi.TimeSource;
import io.allium.spi.support.OrderedLock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Notices that the machine was suspended: the clocks are read every few seconds, and a jump means a suspension. On Linux and macOS
 * {@link System#nanoTime()} stands still meanwhile and only the wall clock tells; on Windows both do. A step of the wall
 * clock, or a process that was stopped, is taken for a suspension too. Looks only while somebody wants to know.
 */
final class SuspensionWatch {
  /** Five wake-ups of a thread in half a minute are not felt, and nobody types faster after opening a laptop. */
  static final Duration LOOK = Duration.ofSeconds(5);

  /** More than a collection of garbage or a correction of the clock takes; no connection breaks in less. */
  static final Duration JUMP = Duration.ofSeconds(10);

  private final TimeSource time;
  private final LongSupplier wallMillis;
  private final Map<Object, Runnable> tasks = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new OrderedLock(OrderedLock.Rank.SUSPENSIONS);
  private boolean looking;
  private long lastNanos;
  private long lastWallMillis;

  SuspensionWatch(TimeSource time, LongSupplier wallMillis) {
    this.time = time;
    this.wallMillis = wallMillis;
  }

  Registration add(Runnable task) {
    Object key = new Object();
    tasks.put(key, task);
    lock.lock();
    try {
      if (!looking) {
        looking = true;
        passed();
        lookLater();
      }
    } finally {
      lock.unlock();
    }
    return () -> tasks.remove(key);
  }

  private void lookLater() {
    Registration unused = time.schedule(LOOK.toNanos(), this::look);
  }

  private void look() {
    boolean woke;
    lock.lock();
    try {
      woke = passed() > LOOK.plus(JUMP).toNanos();
      looking = !tasks.isEmpty();
      if (looking) {
        lookLater();
      }
    } finally {
      lock.unlock();
    }
    if (woke) {
      // each by itself, so that one that fails does not keep it from the others
      tasks.values().forEach(task -> time.schedule(0, task));
    }
  }

  /** How much time passed since the last call, by whichever clock saw more of it. */
  private long passed() {
    long nanos = time.nanos();
    long millis = wallMillis.getAsLong();
    long passed =
        Math.max(nanos - lastNanos, TimeUnit.MILLISECONDS.toNanos(millis - lastWallMillis));
    lastNanos = nanos;
    lastWallMillis = millis;
    return passed;
  }
}
