package io.allium.spi;

import io.allium.Registration;

/**
 * One blocking operation of a driver, which the API may abort from another thread when its deadline passes or its owner
 * is closed. The driver registers what makes the operation end, such as closing its socket. An operation that was aborted
 * fails with {@code CLOSED}, or returns its result, which the API then closes.
 */
public interface Call {
  /**
   * Says how to end the operation, or the part of it that begins now. Registrations nest: an abort runs the innermost
   * first, then those around it. Runs the task at once if the call is already aborted.
   *
   * @param quick ends the operation quickly and without blocking; may run on any thread
   * @return to be closed when that part of the operation is over
   */
  Registration onAbort(Runnable quick);

  /**
   * Whether the call was aborted.
   *
   * @return true once it was
   */
  boolean aborted();

  /**
   * How much time is left, for protocols that tell the other end how long to try.
   *
   * @return nanoseconds, 0 or less when none is; {@link Long#MAX_VALUE} without a limit
   */
  long remainingNanos();
}
