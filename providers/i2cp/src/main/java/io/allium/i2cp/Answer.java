package io.allium.i2cp;

import io.allium.I2pException;
import io.allium.Registration;
import io.allium.protocol.i2cp.state.Event;
import io.allium.spi.Call;
import io.allium.spi.support.OrderedLock;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a router answers to one question, on a connection without a session. */
final class Answer<T> implements Link.Listener {
  private final Function<Event, Optional<T>> reader;
  private final ReentrantLock lock = new OrderedLock(OrderedLock.Rank.PROVIDER_STREAM);
  private final Condition changed = lock.newCondition();
  private @Nullable T answer;
  private @Nullable I2pException failure;

  /** The reader tells what answers the question: the first event for which it is not empty. */
  Answer(Function<Event, Optional<T>> reader) {
    this.reader = reader;
  }

  @Override
  public void on(Event event) {
    Optional<T> read = reader.apply(event);
    if (read.isPresent()) {
      lock.lock();
      try {
        answer = answer == null ? read.get() : answer;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  @Override
  public void batchEnd() {}

  @Override
  public void ended(I2pException cause) {
    lock.lock();
    try {
      failure = cause;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for it; {@code late} is thrown where it does not come in time. */
  T await(Call call, Supplier<I2pException> late) throws I2pException, InterruptedException {
    try (Registration abort = call.onAbort(this::wake)) {
      lock.lockInterruptibly();
      try {
        while (answer == null && failure == null && !call.aborted()) {
          changed.await();
        }
        if (answer != null) {
          return answer;
        }
        throw failure != null ? failure : late.get();
      } finally {
        lock.unlock();
      }
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
