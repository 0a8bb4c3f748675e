package io.allium.internal;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Registration;
import io.allium.spi.Call;
import io.allium.spi.TimeSource;
import io.allium.spi.support.End;
import io.allium.spi.support.OrderedLock;
import io.allium.spi.support.Timeout;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Whether a session is online at this moment, and how: it is not while it recovers, and never again once it ended. */
final class CurrentPeriod {
  private final ReentrantLock lock = new OrderedLock(OrderedLock.Rank.SESSION);
  private final Condition changed = lock.newCondition();
  private @Nullable OnlinePeriod now;
  private @Nullable I2pException gone;
  private boolean ended;

  CurrentPeriod(OnlinePeriod first) {
    now = first;
  }

  @Nullable
  OnlinePeriod now() {
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  boolean is(OnlinePeriod one) {
    return now() == one;
  }

  /** Why there is none now, if so. */
  @Nullable
  I2pException gone() {
    lock.lock();
    try {
      return gone;
    } finally {
      lock.unlock();
    }
  }

  /** Waits while there is none. */
  OnlinePeriod await(Call call) throws I2pException, InterruptedException {
    try (Registration abort = call.onAbort(this::wake)) {
      lock.lockInterruptibly();
      try {
        while (!ended && !call.aborted() && now == null) {
          changed.await();
        }
        if (now == null) {
          throw gone == null ? new I2pException(ErrorKind.CLOSED, "abandoned") : End.again(gone);
        }
        return now;
      } finally {
        lock.unlock();
      }
    }
  }

  /** Waits for a while, but no longer than this one is the current one. */
  void pauseDuring(@Nullable OnlinePeriod one, TimeSource time, long nanos, Call call)
      throws InterruptedException {
    try (Timeout timeout = Timeout.in(time, nanos, lock, changed);
        Registration abort = call.onAbort(this::wake)) {
      lock.lockInterruptibly();
      try {
        while (now == one && !call.aborted() && !timeout.passed()) {
          changed.await();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** Takes this one away, unless it is gone already. */
  boolean leave(OnlinePeriod old, I2pException why) {
    lock.lock();
    try {
      if (now != old) {
        return false;
      }
      now = null;
      gone = why;
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Puts the next one in its place, unless it has ended. */
  boolean enter(OnlinePeriod next) {
    lock.lock();
    try {
      if (ended) {
        return false;
      }
      now = next;
      gone = null;
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Ends it for good, and gives what there was. */
  @Nullable
  OnlinePeriod end(I2pException why) {
    lock.lock();
    try {
      OnlinePeriod last = now;
      now = null;
      gone = why;
      ended = true;
      changed.signalAll();
      return last;
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
