package io.allium.tck;

import io.allium.DestinationKeys;
import io.allium.Protocol;
import io.allium.spi.OpenRequest;
import io.allium.spi.RouterDriver;
import io.allium.spi.RouterRequest;
import io.allium.spi.RouterSource;
import io.allium.spi.SessionDriver;
import io.allium.spi.support.AbortableCall;
import io.allium.spi.support.ManualTime;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Drivers without the API above them, on a clock that only the test moves. */
public abstract class DriverSubject implements AutoCloseable {
  /** Only a test that fails takes as long. */
  private static final long PATIENCE_SECONDS = 30;

  private final ManualTime time = new ManualTime();

  /** For subclasses. */
  protected DriverSubject() {}

  /**
   * The router under test.
   *
   * @return the same for the subject's life
   */
  protected abstract RouterSource source();

  /**
   * Whether this provider knows how streams end; the network in memory does, SAM does not.
   *
   * @return whether streams end cleanly, are refused at ports that nobody listens at, and are known to be delivered
   */
  public abstract boolean tellsAll();

  /**
   * The clock.
   *
   * @return it moves when told to
   */
  public final ManualTime time() {
    return time;
  }

  /** Connects to the router. */
  final RouterDriver connect() throws Exception {
    RouterRequest request =
        new RouterRequest(time, new SecureRandom(), Thread.ofVirtual().factory(), phase -> {});
    return source().connect(request, new AbortableCall());
  }

  /** Puts a new destination online. */
  static Online open(RouterDriver router, Protocol... protocols) throws Exception {
    DestinationKeys keys = DestinationKeys.generate();
    DriverInbox inbox = new DriverInbox();
    SessionDriver session = router.open(
        new OpenRequest(keys, Map.of(), Set.of(protocols), Optional.empty(), phase -> {}),
        inbox,
        new AbortableCall());
    return new Online(keys, session, inbox);
  }

  /** A destination online, and what arrived for it. */
  record Online(DestinationKeys keys, SessionDriver session, DriverInbox inbox)
      implements AutoCloseable {
    @Override
    public void close() {
      AbortableCall noTime = new AbortableCall();
      noTime.abort();
      session.close(noTime);
      keys.close();
    }
  }

  /** What runs on another thread. */
  interface Body<T> {
    T run() throws Exception;
  }

  /** A call on a thread of its own. */
  static final class Running<T> {
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private final Thread thread;

    Running(Body<T> body) {
      thread = Thread.ofVirtual().name("tck").start(() -> {
        try {
          outcome.complete(body.run());
        } catch (Throwable e) {
          outcome.completeExceptionally(e);
        }
      });
    }

    /** Waits until the call waits for something itself. */
    Running<T> waiting() {
      while (!outcome.isDone()
          && thread.getState() != Thread.State.WAITING
          && thread.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
        Thread.yield();
      }
      return this;
    }

    boolean done() {
      return outcome.isDone();
    }

    boolean failed() {
      return outcome.isCompletedExceptionally();
    }

    void interrupt() {
      thread.interrupt();
    }

    T get() throws Exception {
      try {
        return outcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception failure ? failure : e;
      }
    }
  }

  /** Ends the network. */
  @Override
  public abstract void close();
}
