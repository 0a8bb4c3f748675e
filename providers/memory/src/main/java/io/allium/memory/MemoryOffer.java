package io.allium.memory;

import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Registration;
import io.allium.spi.Call;
import io.allium.spi.Offer;
import io.allium.spi.StreamDriver;
import io.allium.spi.TimeSource;
import io.allium.spi.support.OrderedLock;
import io.allium.spi.support.Timeout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A stream on its way to whoever accepts it: its peer waits until it is answered, refused or given up. */
final class MemoryOffer implements Offer {
  private enum State {
    WAITING,
    ANSWERED,
    REFUSED,
    GIVEN_UP
  }

  private final MemoryStream stream;
  private final ReentrantLock lock = new OrderedLock(OrderedLock.Rank.PROVIDER_STREAM);
  private final Condition changed = lock.newCondition();
  private final List<Runnable> onGone = new ArrayList<>();
  private State state = State.WAITING;

  MemoryOffer(MemoryStream stream) {
    this.stream = stream;
  }

  @Override
  public Destination remote() {
    return stream.remote();
  }

  @Override
  public int remotePort() {
    return stream.remotePort();
  }

  @Override
  public int localPort() {
    return stream.localPort();
  }

  @Override
  public boolean answered() {
    return false;
  }

  @Override
  public StreamDriver answer() throws I2pException {
    if (!become(State.ANSWERED)) {
      throw new I2pException(ErrorKind.PEER_RESET, "the peer has given up, or the session is over");
    }
    return stream;
  }

  @Override
  public void refuse() {
    become(State.REFUSED);
  }

  @Override
  public Registration onGone(Runnable quick) {
    lock.lock();
    try {
      if (state != State.GIVEN_UP) {
        onGone.add(quick);
        return () -> forget(quick);
      }
    } finally {
      lock.unlock();
    }
    quick.run();
    return () -> {};
  }

  boolean isWaiting() {
    lock.lock();
    try {
      return state == State.WAITING;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the peer was answered in time; after false it never is. */
  boolean awaitAnswer(TimeSource time, long nanos, Call call) throws InterruptedException {
    try (Timeout timeout = Timeout.in(time, nanos, lock, changed);
        Registration abort = call.onAbort(this::giveUp)) {
      lock.lockInterruptibly();
      try {
        while (state == State.WAITING && !timeout.passed()) {
          changed.await();
        }
        return state == State.ANSWERED;
      } finally {
        lock.unlock();
      }
    } finally {
      giveUp();
    }
  }

  void giveUp() {
    if (become(State.GIVEN_UP)) {
      List<Runnable> actions;
      lock.lock();
      try {
        actions = List.copyOf(onGone);
      } finally {
        lock.unlock();
      }
      actions.forEach(Runnable::run);
    }
  }

  private void forget(Runnable action) {
    lock.lock();
    try {
      onGone.remove(action);
    } finally {
      lock.unlock();
    }
  }

  private boolean become(State next) {
    lock.lock();
    try {
      if (state != State.WAITING) {
        return false;
      }
      state = next;
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }
}
