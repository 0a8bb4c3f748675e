package io.allium.cli;

import io.allium.I2p;
import io.allium.I2pSession;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Ends a running command on SIGINT and SIGTERM: closes what it opened, newest first, and exits as the contract says. */
final class Stop {
  private static final long LIMIT_SECONDS = 5;

  /** For what was written to streams that are closed. */
  private static final Duration GRACE_AT_SIGNAL = Duration.ofSeconds(3);

  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<AutoCloseable> opened = new ArrayDeque<>();
  private volatile boolean ready;
  private volatile boolean finished;
  private volatile boolean stopping;

  void install() {
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("allium-stop").unstarted(this::stop));
  }

  <T extends AutoCloseable> T closeAtEnd(T resource) {
    lock.lock();
    try {
      opened.push(resource);
      return resource;
    } finally {
      lock.unlock();
    }
  }

  I2p closeAtEnd(I2p i2p) {
    closeAtEnd((AutoCloseable) () -> {
      if (stopping) {
        i2p.close(GRACE_AT_SIGNAL);
      } else {
        i2p.close();
      }
    });
    return i2p;
  }

  I2pSession closeAtEnd(I2pSession session) {
    closeAtEnd((AutoCloseable) () -> {
      if (stopping) {
        session.close(GRACE_AT_SIGNAL);
      } else {
        session.close();
      }
    });
    return session;
  }

  /** From here on, being stopped is the ordinary end. */
  void ready() {
    ready = true;
  }

  boolean isReady() {
    return ready;
  }

  /** Whether the program was told to stop: what fails from then on is no news. */
  boolean stopping() {
    return stopping;
  }

  /** The command returned by itself: the exit code is its own. */
  void finished() {
    finished = true;
    closeAll();
  }

  private void stop() {
    if (finished) {
      return;
    }
    Thread closing = Thread.ofPlatform().daemon().name("allium-close").start(this::closeEarly);
    try {
      closing.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(ready ? ExitCodes.OK : ExitCodes.INTERRUPTED);
  }

  /** As a signal does, which then ends the program. */
  void closeEarly() {
    stopping = true;
    closeAll();
  }

  private void closeAll() {
    lock.lock();
    try {
      while (!opened.isEmpty()) {
        try {
          opened.pop().close();
        } catch (Exception e) {
          System.getLogger(Stop.class.getName())
              .log(System.Logger.Level.DEBUG, "closing failed: " + e.getMessage());
        }
      }
    } finally {
      lock.unlock();
    }
  }
}
