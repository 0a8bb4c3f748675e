package io.allium;

import io.allium.spi.Call;
import io.allium.spi.StreamDriver;
import io.allium.spi.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps accepts armed at the driver and hands each incoming stream to the acceptor of its port. A driver's accept is
 * never taken back while its session lives: some routers give the next stream to an accept that was cancelled.
 */
final class Incoming {
  private static final System.Logger LOG = System.getLogger(I2pSession.class.getName());
  private static final long FIRST_BACKOFF_NANOS = 100_000_000L;
  private static final int MAX_BACKOFF_DOUBLINGS = 8;

  private final Current<Stay> current;
  private final TimeSource time;
  private final int pendingAccepts;
  private final String threadName;
  private final AtomicLong refused = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Integer, WaitingStreams> ports = new HashMap<>();
  private final Set<WaitingStreams> saturated = new HashSet<>();
  private final Map<Destination, Runnable> probes = new HashMap<>();

  /** Of whom a probe may still be under way; nothing is accepted for them alone. */
  private final Map<Destination, Runnable> lateProbes = new HashMap<>();

  private final List<Call> armed = new ArrayList<>();
  private boolean started;
  private @Nullable I2pException ended;

  Incoming(Current<Stay> current, TimeSource time, int pendingAccepts, String threadName) {
    this.current = current;
    this.time = time;
    this.pendingAccepts = pendingAccepts;
    this.threadName = threadName;
  }

  WaitingStreams add(int port) throws I2pException {
    lock.lock();
    try {
      if (ended != null) {
        throw Calls.again("listen", ended);
      }
      if (ports.containsKey(port)) {
        throw new I2pException(
            ErrorKind.CONFIG_INVALID,
            "port " + port + " of this session already has an acceptor: close it first");
      }
      WaitingStreams waiting = new WaitingStreams(time, this::countRefused);
      ports.put(port, waiting);
      changed.signalAll();
      start();
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  /** Until it is called off, a stream of this peer is no visitor but a probe. */
  void expect(Destination prober, Runnable arrived) throws I2pException {
    lock.lock();
    try {
      if (ended != null) {
        throw Calls.again("expect a probe", ended);
      }
      probes.put(prober, arrived);
      changed.signalAll();
      start();
    } finally {
      lock.unlock();
    }
  }

  /** A probe that arrives within that time is no visitor either. */
  void expectNoMore(Destination prober, Duration late) {
    lock.lock();
    try {
      Runnable arrived = probes.remove(prober);
      if (arrived != null) {
        lateProbes.put(prober, arrived);
      }
    } finally {
      lock.unlock();
    }
    TimeSource.Timer unused = time.schedule(late.toNanos(), () -> forget(prober));
  }

  private void forget(Destination prober) {
    lock.lock();
    try {
      lateProbes.remove(prober);
    } finally {
      lock.unlock();
    }
  }

  private void start() {
    if (!started) {
      started = true;
      for (int i = 0; i < pendingAccepts; i++) {
        Thread.ofVirtual().name(threadName + "-accept-" + i).start(this::keepAccepting);
      }
    }
  }

  void remove(int port, WaitingStreams waiting) {
    lock.lock();
    try {
      ports.remove(port, waiting);
      saturated.remove(waiting);
    } finally {
      lock.unlock();
    }
  }

  void saturated(WaitingStreams waiting, boolean isSaturated) {
    lock.lock();
    try {
      if (isSaturated) {
        saturated.add(waiting);
      } else {
        saturated.remove(waiting);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  int waiting() {
    int sum = 0;
    for (WaitingStreams port : snapshot()) {
      sum += port.size();
    }
    return sum;
  }

  /** Of a stream that is refused after it was taken. */
  void countRefused() {
    refused.incrementAndGet();
  }

  long refused() {
    return refused.get();
  }

  void end(I2pException why) {
    List<Call> calls;
    lock.lock();
    try {
      if (ended == null) {
        ended = why;
      }
      calls = List.copyOf(armed);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    calls.forEach(Call::abort);
    snapshot().forEach(port -> port.end(why));
  }

  private List<WaitingStreams> snapshot() {
    lock.lock();
    try {
      return List.copyOf(ports.values());
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings(
      "ReferenceEquality") // whether the session is another one than at the last failure
  private void keepAccepting() {
    int failures = 0;
    @Nullable Stay last = null;
    try {
      while (true) {
        Call call = arm();
        if (call == null) {
          return;
        }
        try {
          Stay stay = current.await(call);
          failures = stay == last ? failures : 0;
          last = stay;
          deliver(stay, stay.driver().accept(call));
          failures = 0;
          continue;
        } catch (I2pException e) {
          if (!call.aborted()) {
            LOG.log(
                System.Logger.Level.DEBUG,
                () -> threadName + ": an accept failed: " + e.getMessage());
          }
        } catch (RuntimeException | Error e) {
          // a defect of a provider, or a lack of memory for a moment, must not end the accepts of a
          // program that runs for months
          LOG.log(System.Logger.Level.WARNING, threadName + ": the provider failed to accept", e);
        } finally {
          disarm(call);
        }
        if (!pause(FIRST_BACKOFF_NANOS << Math.min(failures++, MAX_BACKOFF_DOUBLINGS))) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Call arm() throws InterruptedException {
    lock.lock();
    try {
      while (ended == null && probes.isEmpty() && saturated.size() >= ports.size()) {
        changed.await();
      }
      if (ended != null) {
        return null;
      }
      Call call = new Call();
      armed.add(call);
      return call;
    } finally {
      lock.unlock();
    }
  }

  private void disarm(Call call) {
    call.finish();
    lock.lock();
    try {
      armed.remove(call);
    } finally {
      lock.unlock();
    }
  }

  private boolean pause(long nanos) throws InterruptedException {
    boolean[] over = new boolean[1];
    TimeSource.Timer timer = time.schedule(nanos, () -> {
      lock.lock();
      try {
        over[0] = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    });
    lock.lock();
    try {
      while (!over[0] && ended == null) {
        changed.await();
      }
      return ended == null;
    } finally {
      lock.unlock();
      timer.cancel();
    }
  }

  private void deliver(Stay stay, StreamDriver stream) {
    WaitingStreams port;
    Runnable probed;
    lock.lock();
    try {
      probed = probes.getOrDefault(stream.remote(), lateProbes.get(stream.remote()));
      port = ended != null ? null : ports.getOrDefault(stream.localPort(), ports.get(0));
    } finally {
      lock.unlock();
    }
    if (probed != null) {
      stream.reset();
      probed.run();
    } else if (port == null) {
      countRefused();
      stream.reset();
    } else {
      port.offer(stay.adopt(stream));
    }
  }
}
