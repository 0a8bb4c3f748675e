package io.allium.sam;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Registration;
import io.allium.spi.RouterRequest;
import io.allium.spi.TimeSource;
import io.allium.spi.support.AbortableCall;
import io.allium.spi.support.OrderedLock;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Asks the router now and then, and after a suspension, whether a session is still there: a control connection whose other
 * end vanished looks like one on which nothing happens.
 *
 * <p>From SAM 3.2 by PING on the control connection, once a connection of its own has shown that this router answers it:
 * some end the session instead. Otherwise on such a connection each time.
 */
final class Heartbeat {
  /** Some routers end a session whose client is silent for a minute. */
  static final Duration INTERVAL = Duration.ofSeconds(45);

  /** A router that works answers within milliseconds; one whose machine swaps, or changes its network, needs longer. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private enum Way {
    UNTRIED,
    PING,
    CONNECT
  }

  private final SessionProbe probe;
  private final RouterRequest router;
  private final TimeSource time;
  private final ControlWatch control;
  private final ReentrantLock lock = new OrderedLock(OrderedLock.Rank.PROVIDER_SESSION);
  private volatile Way way;
  private volatile boolean trusted;
  private boolean asking;
  private boolean stopped;
  private Registration next = () -> {};
  private Registration wakes = () -> {};
  private @Nullable AbortableCall call;

  private Heartbeat(
      SessionProbe probe, RouterRequest router, ControlWatch control, Way way, boolean trusted) {
    this.probe = probe;
    this.router = router;
    time = router.time();
    this.control = control;
    this.way = way;
    this.trusted = trusted;
  }

  /**
   * Begins.
   *
   * @param hasPing whether the router's version of SAM has PING
   * @param hasStreams whether STREAM CONNECT is meant for this session: else a router that does not find it has to have
   *     found it before
   */
  static Heartbeat start(
      SessionProbe probe,
      RouterRequest router,
      ControlWatch control,
      boolean hasPing,
      boolean hasStreams) {
    Heartbeat heartbeat =
        new Heartbeat(probe, router, control, hasPing ? Way.UNTRIED : Way.CONNECT, hasStreams);
    heartbeat.begin();
    return heartbeat;
  }

  private void begin() {
    lock.lock();
    try {
      next = time.schedule(INTERVAL.toNanos(), this::beat);
      wakes = time.onWake(this::beat);
    } finally {
      lock.unlock();
    }
  }

  void stop() {
    @Nullable AbortableCall underWay;
    lock.lock();
    try {
      stopped = true;
      next.close();
      wakes.close();
      underWay = call;
    } finally {
      lock.unlock();
    }
    if (underWay != null) {
      underWay.abort();
    }
  }

  /** Runs on the thread of the timers, and waits for nothing. */
  private void beat() {
    lock.lock();
    try {
      if (stopped || asking) {
        return;
      }
      asking = true;
      next.close();
    } finally {
      lock.unlock();
    }
    if (way == Way.PING) {
      ping();
    } else {
      router.start("allium-heartbeat", this::ask);
    }
  }

  private void ping() {
    after(PATIENCE, this::judge);
    control.ping();
  }

  private void judge() {
    if (control.isPingAnswered()) {
      rest(INTERVAL.minus(PATIENCE));
    } else {
      lost("it answered no PING within " + PATIENCE.toSeconds() + " s");
    }
  }

  private void ask() {
    AbortableCall now = new AbortableCall();
    lock.lock();
    try {
      if (stopped) {
        return;
      }
      call = now;
    } finally {
      lock.unlock();
    }
    try (Registration limit = time.schedule(PATIENCE.toNanos(), now::abort)) {
      hear(way == Way.UNTRIED ? probe.ping(now) : probe.connect(now));
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a heartbeat", e);
    }
  }

  private void hear(SessionProbe.Answer answer) {
    switch (answer) {
      case PONG -> {
        way = Way.PING;
        ping();
      }
      case NO_PONG -> {
        way = Way.CONNECT;
        ask();
      }
      case KNOWN -> {
        trusted = true;
        rest(INTERVAL);
      }
      case UNCLEAR -> rest(INTERVAL);
      case UNKNOWN -> {
        if (trusted) {
          lost("it does not know the session any more");
        } else {
          stop();
        }
      }
      case ABSENT -> lost("it took no new connection within " + PATIENCE.toSeconds() + " s");
    }
  }

  private void rest(Duration duration) {
    lock.lock();
    try {
      asking = false;
      call = null;
    } finally {
      lock.unlock();
    }
    after(duration, this::beat);
  }

  private void after(Duration delay, Runnable task) {
    lock.lock();
    try {
      if (!stopped) {
        next = time.schedule(delay.toNanos(), task);
      }
    } finally {
      lock.unlock();
    }
  }

  private void lost(String why) {
    lock.lock();
    try {
      if (stopped) {
        return;
      }
    } finally {
      lock.unlock();
    }
    control.lost(
        new I2pException(ErrorKind.SESSION_LOST, "the router is gone, or forgot us: " + why));
  }
}
