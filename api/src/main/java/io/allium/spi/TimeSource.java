package io.allium.spi;

/** The clock and the timers that a router's sessions live by; a test network may drive them by hand. */
public interface TimeSource {
  /**
   * The time now, from an arbitrary origin.
   *
   * @return nanoseconds, never going back
   */
  long nanos();

  /**
   * Runs a task once, later, on a thread of the time source.
   *
   * @param delayNanos from now, in nanoseconds; 0 or less means at once
   * @param task returns quickly and never blocks
   * @return cancels the task
   */
  Timer schedule(long delayNanos, Runnable task);

  /**
   * Runs a task each time the machine goes on after a suspension, on a thread of the time source: what was connected
   * before may be gone without a word.
   *
   * @param task returns quickly and never blocks
   * @return ends that; by default there is nothing to end, since a clock that is moved by hand is never suspended
   */
  default Timer onWake(Runnable task) {
    return () -> {};
  }

  /**
   * The system's clock.
   *
   * @return one shared time source, with one daemon thread
   */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }

  /** A task that waits for its time. */
  @FunctionalInterface
  interface Timer {
    /** Makes sure that the task will not start; no effect once it did. */
    void cancel();
  }
}
