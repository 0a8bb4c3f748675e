package io.allium.sam;

import io.allium.Registration;
import io.allium.spi.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test moves. */
final class HandTime implements TimeSource {
  private record Due(long at, Runnable task) {}

  private final List<Due> waiting = new CopyOnWriteArrayList<>();
  private final List<Runnable> onWake = new CopyOnWriteArrayList<>();
  private final AtomicLong now = new AtomicLong();

  @Override
  public long nanos() {
    return now.get();
  }

  @Override
  public Registration schedule(long delayNanos, Runnable task) {
    Due due = new Due(now.get() + delayNanos, task);
    waiting.add(due);
    return () -> waiting.remove(due);
  }

  @Override
  public Registration onWake(Runnable task) {
    onWake.add(task);
    return () -> onWake.remove(task);
  }

  /** The machine goes on after a suspension, in which this clock stood still. */
  void wake() {
    List.copyOf(onWake).forEach(Runnable::run);
  }

  int waiting() {
    return waiting.size();
  }

  /** How many things are to happen in exactly so long. */
  long waiting(Duration duration) {
    return waiting.stream()
        .filter(due -> due.at - now.get() == duration.toNanos())
        .count();
  }

  /** Whether something is to happen in exactly so long. */
  boolean waitsFor(Duration duration) {
    return waitsBetween(duration, duration);
  }

  boolean waitsBetween(Duration least, Duration most) {
    return waiting.stream()
        .mapToLong(due -> due.at - now.get())
        .anyMatch(delay -> delay >= least.toNanos() && delay <= most.toNanos());
  }

  int wakers() {
    return onWake.size();
  }

  void advance(Duration duration) {
    long time = now.addAndGet(duration.toNanos());
    for (Due due : List.copyOf(waiting)) {
      if (due.at <= time && waiting.remove(due)) {
        due.task.run();
      }
    }
  }
}
