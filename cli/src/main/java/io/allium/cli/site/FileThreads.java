package io.allium.cli.site;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs what touches files on platform threads of its own. A mount that no longer answers holds a few of these: neither a
 * carrier of virtual threads, nor visitors of another part of the folder.
 */
final class FileThreads {
  /** The work did not end in time, or other work of its part has not ended for long. */
  static final class Unanswered extends IOException {
    private static final long serialVersionUID = 1;

    Unanswered() {
      super("the files do not answer");
    }
  }

  /** A disk that works answers many at once; one that does not, keeps so many threads. */
  private static final int AT_ONCE = 16;

  /** From so many that are overdue on, nobody else waits for that part. */
  private static final int MAX_OVERDUE = 2;

  /** For all parts together: the most streams that are served at once. */
  private static final int MAX_THREADS = 256;

  private final Duration limit;
  private final ExecutorService threads = Executors.newCachedThreadPool(
      Thread.ofPlatform().daemon().name("allium-files-", 0).factory());
  private final Semaphore all = new Semaphore(MAX_THREADS);
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Part> parts = new HashMap<>();

  private static final class Part {
    final Semaphore free = new Semaphore(AT_ONCE);
    final AtomicInteger overdue = new AtomicInteger();
    int users;
  }

  /** With how long work may take. */
  FileThreads(Duration limit) {
    this.limit = limit;
  }

  /**
   * Runs work and waits for it.
   *
   * @param name the part of the folder that the work touches; parts do not wait for each other
   * @param work on files; what it returns is closed if it comes too late
   */
  <T> T call(String name, Callable<T> work) throws IOException {
    Part part = enter(name);
    boolean started = false;
    try {
      if (part.overdue.get() >= MAX_OVERDUE
          || !part.free.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new Unanswered();
      }
      if (!all.tryAcquire()) {
        part.free.release();
        throw new Unanswered();
      }
      started = true;
      return await(part, start(name, part, work));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while files were read");
    } finally {
      if (!started) {
        leave(name, part);
      }
    }
  }

  private <T> CompletableFuture<T> start(String name, Part part, Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    threads.execute(() -> {
      try {
        T value = work.call();
        if (!result.complete(value) && value instanceof Closeable late) {
          late.close();
        }
      } catch (Throwable e) {
        result.completeExceptionally(e);
      } finally {
        if (result.isCancelled()) {
          part.overdue.decrementAndGet();
        }
        all.release();
        part.free.release();
        leave(name, part);
      }
    });
    return result;
  }

  private <T> T await(Part part, CompletableFuture<T> result)
      throws IOException, InterruptedException {
    try {
      return result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } catch (TimeoutException e) {
      if (!abandon(part, result) && result.state() == Future.State.SUCCESS) {
        return result.resultNow();
      }
      throw new Unanswered();
    } catch (InterruptedException e) {
      abandon(part, result);
      throw e;
    }
  }

  /** Counted first: the work may end at any moment, and then takes itself off again. */
  private static boolean abandon(Part part, CompletableFuture<?> result) {
    part.overdue.incrementAndGet();
    boolean abandoned = result.cancel(false);
    if (!abandoned) {
      part.overdue.decrementAndGet();
    }
    return abandoned;
  }

  private Part enter(String name) {
    lock.lock();
    try {
      Part part = parts.computeIfAbsent(name, key -> new Part());
      part.users++;
      return part;
    } finally {
      lock.unlock();
    }
  }

  /** What visitors ask for is kept only while somebody waits for it. */
  private void leave(String name, Part part) {
    lock.lock();
    try {
      part.users--;
      if (part.users == 0) {
        parts.remove(name);
      }
    } finally {
      lock.unlock();
    }
  }
}
