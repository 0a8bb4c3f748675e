package io.allium.proxy.forward;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Sees whether a stream is answered, and tells it once: when something came, or when nothing came for long. */
final class Witness {
  private final long limitNanos;
  private final Runnable whenHeard;
  private final Runnable whenSilent;
  private final AtomicBoolean told;
  private final AtomicInteger looks = new AtomicInteger();
  private volatile @Nullable Long firstWrite;

  private Witness(Duration limit, Runnable whenHeard, Runnable whenSilent, boolean told) {
    limitNanos = limit.toNanos();
    this.whenHeard = whenHeard;
    this.whenSilent = whenSilent;
    this.told = new AtomicBoolean(told);
  }

  /**
   * Looks on.
   *
   * @param limit how long nothing comes after the first write of a silent stream
   * @param whenHeard returns at once
   * @param whenSilent returns at once
   */
  static Witness of(Duration limit, Runnable whenHeard, Runnable whenSilent) {
    return new Witness(limit, whenHeard, whenSilent, false);
  }

  /** Tells nothing. */
  static Witness none() {
    return new Witness(Duration.ZERO, () -> {}, () -> {}, true);
  }

  void wrote() {
    if (firstWrite == null) {
      firstWrite = System.nanoTime();
    }
  }

  void heard() {
    if (told.compareAndSet(false, true)) {
      whenHeard.run();
    }
  }

  /** Whether it has told. */
  boolean isOver() {
    return told.get();
  }

  /** How often it was asked to look. */
  int looks() {
    return looks.get();
  }

  /** Tells a silence that is long enough; how many nanoseconds there are until the next look. */
  long look() {
    looks.incrementAndGet();
    Long wroteAt = firstWrite;
    long left = wroteAt == null ? limitNanos : limitNanos - (System.nanoTime() - wroteAt);
    if (left <= 0 && told.compareAndSet(false, true)) {
      whenSilent.run();
    }
    return Math.max(0, left);
  }
}
