package io.allium.sam;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Registration;
import io.allium.spi.Call;
import io.allium.spi.RouterRequest;
import io.allium.spi.support.AbortableCall;
import io.allium.spi.support.End;
import io.allium.spi.support.OrderedLock;
import io.allium.spi.support.Timeout;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps some accepts of a session waiting at the router, each on a thread of its own, and hands over the streams that they
 * bring. An accept is armed again only when its stream was taken. None is taken back while the session lives: some routers
 * give the next stream to an accept that was cancelled.
 */
final class ArmedAccepts {
  private static final System.Logger LOG = System.getLogger(ArmedAccepts.class.getName());

  /** A router that refuses accepts is asked again soon, in case it was a moment's weakness. */
  private static final long FIRST_PAUSE_NANOS = 100_000_000L;

  /** At last every 26 s. */
  private static final int MAX_DOUBLINGS = 8;

  /** Waits for one stream. */
  interface Accept {
    SamStream one(Call call) throws I2pException, InterruptedException;
  }

  private record Arrival(SamStream stream, CountDownLatch taken) {}

  private final int count;
  private final RouterRequest router;
  private final End end;
  private final Accept accept;
  private final AbortableCall life = new AbortableCall();
  private final AtomicBoolean started = new AtomicBoolean();
  private final ReentrantLock lock = new OrderedLock(OrderedLock.Rank.PROVIDER_SESSION);
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Arrival> arrivals = new ArrayDeque<>();

  /** None is armed yet; {@code end} is the session's. */
  ArmedAccepts(int count, RouterRequest router, End end, Accept accept) {
    this.count = count;
    this.router = router;
    this.end = end;
    this.accept = accept;
  }

  boolean areStarted() {
    return started.get();
  }

  void start() {
    if (started.compareAndSet(false, true)) {
      for (int i = 0; i < count; i++) {
        router.start("allium-accept", this::run);
      }
    }
  }

  /** Waits for the next stream. No failure of an accept shows here: only the end of the session does. */
  SamStream take(Call call) throws I2pException, InterruptedException {
    try (Registration abort = call.onAbort(this::wake)) {
      lock.lockInterruptibly();
      try {
        while (true) {
          end.check();
          Arrival next = arrivals.poll();
          if (next != null) {
            next.taken.countDown();
            return next.stream;
          }
          if (call.aborted()) {
            throw new I2pException(ErrorKind.CLOSED, "the accept was abandoned");
          }
          changed.await();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** To be called once the session's end is set. */
  void end() {
    life.abort();
    List<Arrival> left;
    lock.lock();
    try {
      left = List.copyOf(arrivals);
      arrivals.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    for (Arrival arrival : left) {
      arrival.stream.reset();
      arrival.taken.countDown();
    }
  }

  private void run() {
    int failures = 0;
    try {
      while (!end.isSet()) {
        try {
          handOver(accept.one(life));
          failures = 0;
          continue;
        } catch (I2pException e) {
          LOG.log(System.Logger.Level.DEBUG, () -> "an accept failed: " + e.getMessage());
        } catch (RuntimeException | Error e) {
          // a defect, or a lack of memory for a moment, must not end the accepts of a program that
          // runs for months
          LOG.log(System.Logger.Level.WARNING, "an accept failed unexpectedly", e);
        }
        Timeout.pause(
            router.time(), FIRST_PAUSE_NANOS << Math.min(failures++, MAX_DOUBLINGS), life);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handOver(SamStream stream) throws InterruptedException {
    Arrival arrival = new Arrival(stream, new CountDownLatch(1));
    boolean over;
    lock.lock();
    try {
      over = end.isSet();
      if (!over) {
        arrivals.add(arrival);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    if (over) {
      stream.reset();
    } else {
      arrival.taken.await();
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
