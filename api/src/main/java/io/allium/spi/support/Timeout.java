package io.allium.spi.support;

import io.allium.Registration;
import io.allium.spi.Call;
import io.allium.spi.TimeSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Waits until a moment of a {@link TimeSource}. A thread that waits for a condition of a lock asks {@link #passed()} in
 * its loop. When the moment comes, all threads that wait for the condition are woken.
 *
 * <pre>{@code
 * try (Timeout timeout = Timeout.in(time, nanos, lock, changed)) {
 *   lock.lockInterruptibly();
 *   try {
 *     while (!there && !timeout.passed()) {
 *       changed.await();
 *     }
 *   } finally {
 *     lock.unlock();
 *   }
 * }
 * }</pre>
 */
public final class Timeout implements AutoCloseable {
  /** A wait without an end. */
  public static final long NEVER = Long.MAX_VALUE;

  private static final Registration NOTHING = () -> {};

  private final Registration timer;
  private volatile boolean passed;

  private Timeout(TimeSource time, long nanos, ReentrantLock lock, Condition changed) {
    timer = nanos == NEVER ? NOTHING : time.schedule(nanos, () -> pass(lock, changed));
  }

  /**
   * Begins.
   *
   * @param time whose moment it is
   * @param nanos from now, in nanoseconds; {@link #NEVER} for no limit
   * @param lock what the waiting is done under; may be held now or not
   * @param changed what is waited for
   * @return to be closed when the waiting is over
   */
  public static Timeout in(TimeSource time, long nanos, ReentrantLock lock, Condition changed) {
    return new Timeout(time, nanos, lock, changed);
  }

  /**
   * Whether the moment came.
   *
   * @return true from then on
   */
  public boolean passed() {
    return passed;
  }

  /** Cancels the timer. */
  @Override
  public void close() {
    timer.close();
  }

  private void pass(ReentrantLock lock, Condition changed) {
    lock.lock();
    try {
      passed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a while; returns early when the call is aborted.
   *
   * @param time whose time passes
   * @param nanos how long
   * @param call ends the wait early
   * @throws InterruptedException if the thread was interrupted
   */
  public static void pause(TimeSource time, long nanos, Call call) throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    pause(time, nanos, call, over);
  }

  /**
   * Waits for a while; returns early when the call is aborted, and when the machine goes on after a suspension: what was
   * waited for may be there by now, or be gone.
   *
   * @param time whose time passes
   * @param nanos how long
   * @param call ends the wait early
   * @throws InterruptedException if the thread was interrupted
   */
  public static void pauseOrWake(TimeSource time, long nanos, Call call)
      throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    try (Registration wake = time.onWake(over::countDown)) {
      pause(time, nanos, call, over);
    }
  }

  private static void pause(TimeSource time, long nanos, Call call, CountDownLatch over)
      throws InterruptedException {
    try (Registration abort = call.onAbort(over::countDown);
        Registration timer = time.schedule(nanos, over::countDown)) {
      over.await();
    }
  }
}
