package io.allium;

import io.allium.spi.Call;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What a session has of its router at this moment: nothing while it recovers, and nothing more once it ended. */
final class Current<T> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable T now;
  private @Nullable I2pException gone;
  private boolean ended;

  Current(T first) {
    now = first;
  }

  @Nullable
  T now() {
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("ReferenceEquality")
  boolean is(T one) {
    return now() == one;
  }

  /** Why there is nothing now, if so. */
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
  T await(Call call) throws I2pException, InterruptedException {
    return awaitOther(null, call);
  }

  /** Waits for one that is not this. */
  @SuppressWarnings("ReferenceEquality") // this very one, whatever equals says
  T awaitOther(@Nullable T old, Call call) throws I2pException, InterruptedException {
    call.onAbort(this::wake);
    lock.lockInterruptibly();
    try {
      while (!ended && !call.aborted() && (now == null || now == old)) {
        changed.await();
      }
      if (now == null || now == old) {
        throw gone == null
            ? new I2pException(ErrorKind.CLOSED, "abandoned")
            : new I2pException(gone.kind(), String.valueOf(gone.getMessage()), gone);
      }
      return now;
    } finally {
      lock.unlock();
    }
  }

  /** Takes this one away, unless it is gone already. */
  @SuppressWarnings("ReferenceEquality")
  boolean leave(T old, I2pException why) {
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
  boolean enter(T next) {
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
  T end(I2pException why) {
    lock.lock();
    try {
      T last = now;
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
