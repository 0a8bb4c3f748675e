package io.allium.spi;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One blocking operation of a driver, which the API may abort from another thread when its deadline passes or its owner
 * is closed. The driver registers what makes the operation end, such as closing its socket.
 */
public final class Call {
  private enum State {
    RUNNING,
    ABORTED,
    DONE
  }

  private final ReentrantLock lock = new ReentrantLock();
  private State state = State.RUNNING;
  private @Nullable Runnable action;

  /** Creates a running call. */
  public Call() {}

  /**
   * Says how to end the operation now; replaces what was said before. Runs it at once if the call is already aborted.
   *
   * @param abortAction ends the operation quickly and without blocking; may run on any thread
   */
  public void onAbort(Runnable abortAction) {
    lock.lock();
    try {
      if (state == State.RUNNING) {
        action = abortAction;
        return;
      }
      if (state == State.DONE) {
        return;
      }
    } finally {
      lock.unlock();
    }
    abortAction.run();
  }

  /** Aborts the operation, unless it is already done. */
  public void abort() {
    Runnable toRun;
    lock.lock();
    try {
      if (state != State.RUNNING) {
        return;
      }
      state = State.ABORTED;
      toRun = action;
      action = null;
    } finally {
      lock.unlock();
    }
    if (toRun != null) {
      toRun.run();
    }
  }

  /**
   * Ends the call: no abort can reach it any more.
   *
   * @return false if it had been aborted before, so that its result must not be used
   */
  public boolean finish() {
    lock.lock();
    try {
      if (state == State.RUNNING) {
        state = State.DONE;
        action = null;
      }
      return state == State.DONE;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether the call was aborted.
   *
   * @return true once {@link #abort()} took effect
   */
  public boolean aborted() {
    lock.lock();
    try {
      return state == State.ABORTED;
    } finally {
      lock.unlock();
    }
  }
}
