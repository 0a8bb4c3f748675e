package io.allium.samclient;

import io.allium.spi.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A clock that a test moves. */
final class HandTime implements TimeSource {
  private record Due(long at, Runnable task) {}

  private final List<Due> waiting = new CopyOnWriteArrayList<>();
  private volatile long now;

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public Timer schedule(long delayNanos, Runnable task) {
    Due due = new Due(now + delayNanos, task);
    waiting.add(due);
    return () -> waiting.remove(due);
  }

  int waiting() {
    return waiting.size();
  }

  void advance(Duration duration) {
    now += duration.toNanos();
    waiting.stream().filter(due -> due.at <= now && waiting.remove(due)).forEach(due -> due.task.run());
  }
}
