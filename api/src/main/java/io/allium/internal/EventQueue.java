package io.allium.internal;

import io.allium.Registration;
import io.allium.spi.support.OrderedLock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Tells listeners what happens, in order, on one thread of its own.
 *
 * @param <E> what is told
 */
final class EventQueue<E> {
  private static final System.Logger LOG = System.getLogger("io.allium.I2pSession");

  /** Which events lead to how things are now: told to each new listener first. */
  interface History<E> {
    /** Notes an event; false if it comes after the last one, so that nobody is told. */
    boolean note(E event);

    /** What a new listener is told first. */
    List<E> events();

    /** Whether none follows. */
    boolean isLast(E event);
  }

  private final class Listener implements Registration {
    private final Consumer<? super E> action;
    private volatile boolean ended;

    Listener(Consumer<? super E> action) {
      this.action = action;
    }

    @Override
    public void close() {
      ended = true;
      lock.lock();
      try {
        listeners.remove(this);
      } finally {
        lock.unlock();
      }
    }
  }

  private static final ThreadLocal<Boolean> TELLING = ThreadLocal.withInitial(() -> false);

  private record Delivery<E>(EventQueue<E>.Listener listener, E event) {}

  private final String threadName;
  private final History<E> history;
  private final LinkedBlockingQueue<Delivery<E>> queue = new LinkedBlockingQueue<>();
  private final ReentrantLock lock = new OrderedLock(OrderedLock.Rank.EVENTS);
  private final List<Listener> listeners = new ArrayList<>();
  private final Listener nobody = new Listener(event -> {});
  private boolean started;

  EventQueue(String threadName, History<E> history) {
    this.threadName = threadName;
    this.history = history;
  }

  /** Every listener is told first what led to how things are now. */
  Registration add(Consumer<? super E> action) {
    Listener listener = new Listener(action);
    lock.lock();
    try {
      listeners.add(listener);
      history.events().forEach(event -> queue.add(new Delivery<>(listener, event)));
      if (!started) {
        started = true;
        Thread.ofVirtual().name(threadName).start(this::deliver);
      }
    } finally {
      lock.unlock();
    }
    return listener;
  }

  void tell(E event) {
    lock.lock();
    try {
      if (history.note(event)) {
        listeners.forEach(listener -> queue.add(new Delivery<>(listener, event)));
        if (started && history.isLast(event)) {
          queue.add(new Delivery<>(
              nobody, event)); // whose thread ends, though the last listener may have left
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether a listener runs on this thread. */
  static boolean isTelling() {
    return TELLING.get();
  }

  private void deliver() {
    TELLING.set(true);
    while (true) {
      Delivery<E> next;
      try {
        next = queue.take();
      } catch (InterruptedException e) {
        continue; // a listener's doing, which keeps nothing from the others
      }
      try {
        if (!next.listener.ended) {
          next.listener.action.accept(next.event);
        }
      } catch (RuntimeException | Error e) {
        LOG.log(System.Logger.Level.WARNING, "a listener failed", e);
      }
      if (history.isLast(next.event) && stop()) {
        return;
      }
    }
  }

  /** A listener may still be added after the end: then a new thread tells it. */
  private boolean stop() {
    lock.lock();
    try {
      started = !queue.isEmpty();
      return !started;
    } finally {
      lock.unlock();
    }
  }
}
