package io.allium.i2cp;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Registration;
import io.allium.protocol.i2cp.ClientMessage;
import io.allium.protocol.i2cp.state.Conversation;
import io.allium.spi.RouterRequest;
import java.time.Duration;

/**
 * Asks a router for the time now and then, and after every suspension of the machine: so our idea of its clock stays right,
 * and one that is gone without a word is noticed.
 */
final class Pulse {
  private static final Duration EVERY = Duration.ofMinutes(1);

  /** A router that works answers within milliseconds; one that collects garbage, within seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RouterRequest router;
  private final Link link;
  private volatile boolean waiting;
  private volatile boolean stopped;
  private volatile Registration timer = () -> {};
  private volatile Registration wake = () -> {};

  Pulse(RouterRequest router, Link link) {
    this.router = router;
    this.link = link;
  }

  void start() {
    wake = router.time().onWake(() -> router.start("allium-i2cp-pulse", this::ask));
    schedule(EVERY, this::ask);
  }

  /** The router has said its time. */
  void answered() {
    waiting = false;
  }

  void stop() {
    stopped = true;
    timer.close();
    wake.close();
  }

  private void schedule(Duration in, Runnable task) {
    if (!stopped) {
      timer = router.time().schedule(in.toNanos(), () -> router.start("allium-i2cp-pulse", task));
    }
  }

  private void ask() {
    waiting = true;
    try {
      link.outbox().control(ClientMessage.getDate(Conversation.OUR_VERSION));
    } catch (I2pException e) {
      // the check below tells, unless somebody else does before
      System.getLogger(Pulse.class.getName())
          .log(System.Logger.Level.DEBUG, "the router was not asked: " + e.getMessage());
    }
    schedule(PATIENCE, this::check);
  }

  private void check() {
    if (waiting) {
      link.fail(new I2pException(
          ErrorKind.SESSION_LOST, "the router does not answer any more: it is opened again"));
    } else {
      schedule(EVERY, this::ask);
    }
  }
}
