package io.allium.spi.support;

import io.allium.Registration;
import io.allium.spi.Call;
import io.allium.spi.TimeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A call that can be aborted. Its maker aborts it, at a deadline or when its owner ends. */
public final class AbortableCall implements Call {
  private enum State {
    RUNNING,
    ABORTED,
    DONE
  }

  private static final Registration NOTHING = () -> {};

  private final ReentrantLock lock = new OrderedLock(OrderedLock.Rank.CALL);
  private final ArrayDeque<Action> actions = new ArrayDeque<>(2);
  private final @Nullable TimeSource time;
  private final long end;
  private State state = State.RUNNING;

  /** One that is told apart from another with the same task. */
  private final class Action implements Registration {
    private final Runnable task;

    Action(Runnable task) {
      this.task = task;
    }

    @Override
    public void close() {
      lock.lock();
      try {
        actions.remove(this);
      } finally {
        lock.unlock();
      }
    }
  }

  /** A running call without a limit. */
  public AbortableCall() {
    time = null;
    end = 0;
  }

  /**
   * A running call that says how much time is left. It does not abort itself.
   *
   * @param time whose time it is
   * @param nanos from now
   */
  public AbortableCall(TimeSource time, long nanos) {
    this.time = nanos == Timeout.NEVER ? null : time;
    end = time.nanos() + nanos;
  }

  @Override
  public Registration onAbort(Runnable quick) {
    Action action = new Action(quick);
    lock.lock();
    try {
      if (state == State.RUNNING) {
        actions.push(action);
        return action;
      }
      if (state == State.DONE) {
        return NOTHING;
      }
    } finally {
      lock.unlock();
    }
    quick.run();
    return NOTHING;
  }

  /** Aborts the operation, unless it is already done. */
  public void abort() {
    List<Action> toRun;
    lock.lock();
    try {
      if (state != State.RUNNING) {
        return;
      }
      state = State.ABORTED;
      toRun = new ArrayList<>(actions);
      actions.clear();
    } finally {
      lock.unlock();
    }
    toRun.forEach(action -> action.task.run());
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
        actions.clear();
      }
      return state == State.DONE;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean aborted() {
    lock.lock();
    try {
      return state == State.ABORTED;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long remainingNanos() {
    return time == null ? Long.MAX_VALUE : end - time.nanos();
  }
}
