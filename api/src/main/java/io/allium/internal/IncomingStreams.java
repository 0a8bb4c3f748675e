package io.allium.internal;

import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.ListenOptions;
import io.allium.Registration;
import io.allium.spi.Offer;
import io.allium.spi.TimeSource;
import io.allium.spi.support.AbortableCall;
import io.allium.spi.support.End;
import io.allium.spi.support.OrderedLock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Takes what is offered to a session, answers or refuses it, and hands each stream to the acceptor of its port. */
final class IncomingStreams {
  private static final System.Logger LOG = System.getLogger("io.allium.I2pSession");
  private static final long FIRST_PAUSE_NANOS = 100_000_000L;
  private static final int MAX_DOUBLINGS = 8;

  private record Listening(AcceptQueue queue, boolean answerOnAccept) {}

  /** Some ports, or all of them. */
  private record Listened(Set<Integer> ports, boolean all) {
    boolean has(int port) {
      return all || ports.contains(port);
    }
  }

  private final CurrentPeriod current;
  private final TimeSource time;
  private final String threadName;
  private final AtomicLong refused = new AtomicLong();
  private final ReentrantLock lock = new OrderedLock(OrderedLock.Rank.ACCEPTS);
  private final Map<Integer, Listening> ports = new HashMap<>();
  private final Map<Destination, Runnable> probes = new HashMap<>();

  /** Of whom a probe may still be under way; nothing is accepted for them alone. */
  private final Map<Destination, Runnable> lateProbes = new HashMap<>();

  /** What drivers are told: they ask from any thread, and often. */
  private volatile Listened listened = new Listened(Set.of(), false);

  private final AbortableCall pulling = new AbortableCall();
  private final End end = new End();
  private boolean started;

  IncomingStreams(CurrentPeriod current, TimeSource time, String threadName) {
    this.current = current;
    this.time = time;
    this.threadName = threadName;
  }

  AcceptQueue add(ListenOptions options) throws I2pException {
    AcceptQueue waiting = new AcceptQueue(time, this::countRefused);
    lock.lock();
    try {
      end.check("listen");
      if (ports.putIfAbsent(options.port(), new Listening(waiting, options.answerOnAccept()))
          != null) {
        throw new I2pException(
            ErrorKind.CONFIG_INVALID,
            "port " + options.port() + " of this session already has an acceptor: close it first");
      }
      start();
    } finally {
      lock.unlock();
    }
    tellPorts();
    return waiting;
  }

  /** Until it is called off, a stream of this peer is no visitor but a probe. */
  void expect(Destination prober, Runnable arrived) throws I2pException {
    lock.lock();
    try {
      end.check("expect a probe");
      probes.put(prober, arrived);
      start();
    } finally {
      lock.unlock();
    }
    tellPorts();
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
    tellPorts();
    Registration unused = time.schedule(late.toNanos(), () -> forget(prober));
  }

  void remove(int port, AcceptQueue waiting) {
    lock.lock();
    try {
      ports.computeIfPresent(
          port, (key, listening) -> listening.queue == waiting ? null : listening);
    } finally {
      lock.unlock();
    }
    tellPorts();
  }

  int waiting() {
    int sum = 0;
    for (AcceptQueue queue : queues()) {
      sum += queue.size();
    }
    return sum;
  }

  /** Of a stream that is refused, also after it was taken. */
  void countRefused() {
    refused.incrementAndGet();
  }

  long refused() {
    return refused.get();
  }

  void end(I2pException why) {
    lock.lock();
    try {
      end.set(why);
    } finally {
      lock.unlock();
    }
    pulling.abort();
    queues().forEach(queue -> queue.end(why));
  }

  private void forget(Destination prober) {
    lock.lock();
    try {
      lateProbes.remove(prober);
    } finally {
      lock.unlock();
    }
  }

  private List<AcceptQueue> queues() {
    lock.lock();
    try {
      return ports.values().stream().map(Listening::queue).toList();
    } finally {
      lock.unlock();
    }
  }

  private void start() {
    if (!started) {
      started = true;
      Thread.ofVirtual().name(threadName + "-accept").start(this::pull);
    }
  }

  private void tellPorts() {
    lock.lock();
    try {
      Set<Integer> some = new HashSet<>(ports.keySet());
      if (!probes.isEmpty()) {
        some.add(0); // where a probe comes to
      }
      listened = new Listened(Set.copyOf(some), ports.containsKey(0));
    } finally {
      lock.unlock();
    }
    OnlinePeriod period = current.now();
    if (period != null) {
      tell(period);
    }
  }

  /** To be called as soon as the period began: until then what comes to it waits. */
  void tell(OnlinePeriod period) {
    period.driver().listening(port -> listened.has(port));
  }

  private void pull() {
    int failures = 0;
    @Nullable OnlinePeriod last = null;
    try {
      while (!end.isSet()) {
        try {
          OnlinePeriod period = current.await(pulling);
          if (period != last) {
            failures = 0;
            last = period;
          }
          deliver(period, period.driver().accept(pulling));
          failures = 0;
          continue;
        } catch (I2pException e) {
          LOG.log(
              System.Logger.Level.DEBUG,
              () -> threadName + ": an accept failed: " + e.getMessage());
        } catch (RuntimeException | Error e) {
          // a defect of a provider, or a lack of memory for a moment, must not end the accepts of a
          // program that runs for months
          LOG.log(System.Logger.Level.WARNING, threadName + ": the provider failed to accept", e);
        }
        current.pauseDuring(
            last, time, FIRST_PAUSE_NANOS << Math.min(failures++, MAX_DOUBLINGS), pulling);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(OnlinePeriod period, Offer offer) throws I2pException {
    Listening listening;
    Runnable probed;
    lock.lock();
    try {
      probed = probes.getOrDefault(offer.remote(), lateProbes.get(offer.remote()));
      listening = end.isSet() ? null : ports.getOrDefault(offer.localPort(), ports.get(0));
    } finally {
      lock.unlock();
    }
    if (probed != null) {
      offer.refuse();
      probed.run();
    } else if (listening == null || !listening.queue.hasRoomFor(offer.remote())) {
      countRefused();
      offer.refuse();
    } else if (listening.answerOnAccept && !offer.answered()) {
      listening.queue.offer(Arrivals.unanswered(offer, period::adopt));
    } else {
      listening.queue.offer(Arrivals.answered(period.adopt(offer.answer())));
    }
  }
}
