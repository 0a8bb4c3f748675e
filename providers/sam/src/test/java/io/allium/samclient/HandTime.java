package io.allium.samclient;

import io.allium.spi.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test moves. */
final class HandTime implements TimeSource {
  private record Due(long at, Runnable task) {}

  private final List<Due> waiting = new CopyOnWriteArrayList<>();
  private final AtomicLong now = new AtomicLong();

  @Override
  public long nanos() {
    return now.get();
  }

  @Override
  public Timer schedule(long delayNanos, Runnable task) {
    Due due = new Due(now.get() + delayNanos, task);
    waiting.add(due);
    return () -> waiting.remove(due);
  }

  int waiting() {
    return waiting.size();
  }

  /** Whether something is to happen in exactly so long. */
  boolean waitsFor(Duration duration) {
    return waiting.stream().anyMatch(due -> due.at == now.get() + duration.toNanos());
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
