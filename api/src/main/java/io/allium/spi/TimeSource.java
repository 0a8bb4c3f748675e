package io.allium.spi;

import io.allium.Registration;

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
   * @param delayNanos from now, in nanoseconds; 0 or less means at once, maybe on this thread before this returns
   * @param quick returns quickly and never blocks: every other timer waits for it
   * @return calls it off
   */
  Registration schedule(long delayNanos, Runnable quick);

  /**
   * Runs a task each time the machine goes on after a suspension, on a thread of the time source: what was connected
   * before may be gone without a word.
   *
   * @param quick returns quickly and never blocks
   * @return ends that; by default there is nothing to end, since a clock that is moved by hand is never suspended
   */
  default Registration onWake(Runnable quick) {
    return () -> {};
  }
}
