package io.allium.internal;

import io.allium.Registration;
import io.allium.spi.TimeSource;
import io.allium.spi.support.OrderedLock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * {@link System#nanoTime()} and one daemon thread for every timer of the process. Nearly all timers are deadlines that are
 * cancelled long before their time, tens of thousands a second, so neither adding nor cancelling one wakes the thread: it
 * sleeps until the earliest time it ever saw, and then looks what is left. (A scheduled executor wakes its thread for
 * each timer that is the only one.)
 */
final class SystemTime implements TimeSource {
  static final TimeSource INSTANCE = new SystemTime();

  private static final System.Logger LOG = System.getLogger(TimeSource.class.getName());

  private record At(long nanos, long order) implements Comparable<At> {
    @Override
    public int compareTo(At other) {
      // times may wrap around, so only their difference has a sign that means something
      int byTime = Long.signum(nanos - other.nanos);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final ReentrantLock lock = new OrderedLock(OrderedLock.Rank.TIMERS);
  private final Condition earlier = lock.newCondition();
  private final TreeMap<At, Runnable> timers = new TreeMap<>();
  private final SuspensionWatch wakes = new SuspensionWatch(this, System::currentTimeMillis);
  private long added;
  private boolean sleeping;
  private long wakeAt;

  private SystemTime() {
    // In no group, and with no heritage, of whoever happens to come first: who ends that one ends
    // not the timers of all.
    ThreadGroup top = Thread.currentThread().getThreadGroup();
    while (top.getParent() != null) {
      top = top.getParent();
    }
    Thread thread = Thread.ofPlatform()
        .group(top)
        .daemon()
        .name("allium-timer")
        .inheritInheritableThreadLocals(false)
        .unstarted(this::run);
    thread.setContextClassLoader(null);
    thread.start();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public Registration schedule(long delayNanos, Runnable task) {
    // half the range of nanoTime() is as far as two times can be compared: 146 years
    long delay = Math.clamp(delayNanos, 0, Long.MAX_VALUE / 2);
    lock.lock();
    try {
      At at = new At(System.nanoTime() + delay, added++);
      timers.put(at, task);
      if (sleeping && at.nanos - wakeAt < 0) {
        earlier.signal();
      }
      return () -> cancel(at);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Registration onWake(Runnable task) {
    return wakes.add(task);
  }

  private void cancel(At at) {
    lock.lock();
    try {
      timers.remove(at);
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (true) {
      try {
        next().run();
      } catch (RuntimeException | Error e) {
        // such as a lack of memory that is over in a moment: every deadline needs this thread
        LOG.log(System.Logger.Level.WARNING, "a timer failed", e);
      } catch (InterruptedException e) {
        // nobody may end this thread, and there is nothing that it would have to give up
      }
    }
  }

  private Runnable next() throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        Map.@Nullable Entry<At, Runnable> first = timers.firstEntry();
        long now = System.nanoTime();
        if (first != null && first.getKey().nanos - now <= 0) {
          timers.remove(first.getKey());
          return first.getValue();
        }
        wakeAt = first == null ? now + Long.MAX_VALUE / 2 : first.getKey().nanos;
        sleeping = true;
        earlier.await(wakeAt - now, TimeUnit.NANOSECONDS);
        sleeping = false;
      }
    } finally {
      lock.unlock();
    }
  }
}
