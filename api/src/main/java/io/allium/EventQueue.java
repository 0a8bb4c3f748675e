package io.allium;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Tells listeners what happens to a session, in order, on one thread of its own. */
final class EventQueue {
  private static final System.Logger LOG = System.getLogger(I2pSession.class.getName());

  private record Delivery(Consumer<SessionEvent> listener, SessionEvent event) {}

  private final String threadName;
  private final LinkedBlockingQueue<Delivery> queue = new LinkedBlockingQueue<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final List<SessionEvent> past = new ArrayList<>(List.of(new SessionEvent.Ready()));
  private final List<Consumer<SessionEvent>> listeners = new ArrayList<>();
  private boolean started;

  EventQueue(String threadName) {
    this.threadName = threadName;
  }

  /** Every listener is told first what led to how things are now. */
  void add(Consumer<SessionEvent> listener) {
    lock.lock();
    try {
      listeners.add(listener);
      past.forEach(event -> queue.add(new Delivery(listener, event)));
      if (!started) {
        started = true;
        Thread.ofVirtual().name(threadName).start(this::deliver);
      }
    } finally {
      lock.unlock();
    }
  }

  void tell(SessionEvent event) {
    lock.lock();
    try {
      if (past.getLast() instanceof SessionEvent.Closed) {
        return; // a recovery and a close may cross: the end is the last that is told
      }
      if (event instanceof SessionEvent.Recovered) {
        past.removeLast(); // the loss is over: a program that runs for months must not collect them
      } else {
        past.add(event);
      }
      listeners.forEach(listener -> queue.add(new Delivery(listener, event)));
    } finally {
      lock.unlock();
    }
  }

  private void deliver() {
    while (true) {
      Delivery next;
      try {
        next = queue.take();
      } catch (InterruptedException e) {
        continue; // a listener's doing, which keeps nothing from the others
      }
      try {
        next.listener.accept(next.event);
      } catch (RuntimeException | Error e) {
        LOG.log(System.Logger.Level.WARNING, "a session listener failed", e);
      }
      if (next.event instanceof SessionEvent.Closed && stop()) {
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
