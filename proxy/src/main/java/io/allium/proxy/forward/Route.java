package io.allium.proxy.forward;

import io.allium.I2pException;
import io.allium.I2pSession;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The session that the streams of a client forward come from. A router may keep sending for minutes to the place that a
 * service has left; a new session finds the service at once. So after a stream that wrote and heard nothing for long, the
 * next streams come from a new session, unless the program chose the address of the first one.
 */
final class Route {
  /** Between two new sessions for a service that stays silent; doubled each time. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  private static final System.Logger LOG = System.getLogger(Route.class.getName());

  private final ReentrantLock lock = new ReentrantLock();
  private Use current;
  private boolean opening;
  private boolean closed;
  private Duration pause = Duration.ZERO;
  private long openedAt;

  /** A session in use by a number of connections. */
  static final class Use {
    private final I2pSession session;
    private final boolean isOurs;
    private int users;

    private Use(I2pSession session, boolean isOurs) {
      this.session = session;
      this.isOurs = isOurs;
    }

    I2pSession session() {
      return session;
    }
  }

  /** Begins with a session of the caller's, which is never closed here. */
  Route(I2pSession first) {
    current = new Use(first, false);
  }

  /** The session for a connection, which gives it back at its end. */
  Use take() {
    lock.lock();
    try {
      current.users++;
      return current;
    } finally {
      lock.unlock();
    }
  }

  void giveBack(Use use) {
    boolean over;
    lock.lock();
    try {
      use.users--;
      over = use.users == 0 && (closed || use != current);
    } finally {
      lock.unlock();
    }
    if (over) {
      end(use);
    }
  }

  /** A stream was answered. */
  void heard() {
    lock.lock();
    try {
      pause = Duration.ZERO;
    } finally {
      lock.unlock();
    }
  }

  /** A stream wrote, and has heard nothing for long. Returns at once: the next session takes seconds to open. */
  void silent(Use use) {
    lock.lock();
    try {
      if (closed || opening || use != current || !use.session.isTransient() || isTooEarly()) {
        return;
      }
      opening = true;
    } finally {
      lock.unlock();
    }
    Thread.ofVirtual().name("allium-forward-route").start(() -> replace(use));
  }

  /** Whether another session is on its way. */
  boolean isOpening() {
    lock.lock();
    try {
      return opening;
    } finally {
      lock.unlock();
    }
  }

  private boolean isTooEarly() {
    return System.nanoTime() - openedAt < pause.toNanos();
  }

  private void replace(Use old) {
    @Nullable Use next = null;
    try {
      next = new Use(old.session.isolated(), true);
      LOG.log(
          System.Logger.Level.DEBUG,
          "the service is silent: the next streams come from another session");
    } catch (I2pException e) {
      LOG.log(
          System.Logger.Level.INFO,
          "the service is silent, and no other session could be opened: " + e.getMessage());
    }
    @Nullable Use over = next;
    lock.lock();
    try {
      opening = false;
      openedAt = System.nanoTime();
      pause = longer(pause);
      if (next != null && !closed) {
        current = next;
        over = old.users == 0 ? old : null;
      }
    } finally {
      lock.unlock();
    }
    if (over != null) {
      end(over);
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  /** The session in use is closed when its last connection ends. Does not block. */
  void close() {
    boolean over;
    lock.lock();
    try {
      closed = true;
      over = current.users == 0;
    } finally {
      lock.unlock();
    }
    if (over) {
      end(current);
    }
  }

  /** Closing waits for last words. */
  private static void end(Use use) {
    if (use.isOurs) {
      Thread.ofVirtual().name("allium-forward-close").start(use.session::close);
    }
  }
}
