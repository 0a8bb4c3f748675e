package io.allium.spi;

import io.allium.Registration;

/** The clock and the timers of a router's sessions. A test may move them itself. */
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
   * @param delayNanos from now, in nanoseconds; 0 or less means at once, maybe on this thread before this returns
   * @param quick returns quickly and never blocks: every other timer waits for it
   * @return a registration; closing it cancels the task
   */
  Registration schedule(long delayNanos, Runnable quick);

  /**
   * Runs a task each time the machine goes on after a suspension, on a thread of the time source: connections of before
   * may be gone, and nothing reports it.
   *
   * @param quick returns quickly and never blocks
   * @return a registration; closing it cancels this; by default it does nothing, since a clock that a test moves is
   *     never suspended
   */
  default Registration onWake(Runnable quick) {
    return () -> {};
  }
}
