package io.allium.memory;

import io.allium.ErrorKind;
import io.allium.I2pException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A call on a thread of its own, whose end a test waits for. */
final class Async<T extends @Nullable Object> {
  interface Body<T extends @Nullable Object> {
    T run() throws IOException, InterruptedException;
  }

  /** Only a test that fails takes as long; a machine may be busy with other things. */
  private static final int PATIENCE_SECONDS = 30;

  private final CompletableFuture<T> outcome = new CompletableFuture<>();
  private final Thread thread;

  private Async(Body<T> body) {
    thread = Thread.ofVirtual().unstarted(() -> {
      try {
        outcome.complete(body.run());
      } catch (Throwable e) {
        outcome.completeExceptionally(e);
      }
    });
    thread.start();
  }

  static <T extends @Nullable Object> Async<T> start(Body<T> body) {
    return new Async<>(body);
  }

  /** Waits until the call waits for something itself. */
  Async<T> blocked() {
    await(() -> thread.getState() == Thread.State.WAITING);
    return this;
  }

  boolean done() {
    return outcome.isDone();
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

  ErrorKind kind() throws TimeoutException, InterruptedException {
    try {
      throw new AssertionError("no failure but " + outcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof I2pException failure) {
        return failure.kind();
      }
      throw new AssertionError("no typed failure", e.getCause());
    }
  }

  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain");
      }
      Thread.onSpinWait();
      Thread.yield();
    }
  }
}
