package io.allium.sam.bridge;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.I2pStream;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Carries the bytes of one stream, in both directions, once it is open; gives up opening it when the client leaves. */
final class StreamRelay {
  private static final int BUFFER = 16 * 1024;

  /** How the stream comes about. An interrupt abandons it. */
  interface Opening {
    I2pStream open() throws I2pException;
  }

  /** What the client is told before the first byte. */
  interface Greeting {
    void send(I2pStream stream) throws IOException;
  }

  private final Connection connection;
  private final CompletableFuture<I2pStream> opened = new CompletableFuture<>();
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Thread opener;
  private boolean left;

  StreamRelay(Connection connection) {
    this.connection = connection;
  }

  /**
   * Serves until both directions have ended.
   *
   * @throws I2pException if the stream does not open
   */
  void run(Opening opening, Greeting greeting, ExecutorService threads) throws I2pException {
    CompletableFuture<Void> upload = CompletableFuture.runAsync(this::upload, threads);
    I2pStream stream = open(opening);
    try (stream) {
      greeting.send(stream);
      download(stream);
      upload.join();
    } catch (IOException e) {
      abort(stream);
    }
  }

  private I2pStream open(Opening opening) throws I2pException {
    lock.lock();
    try {
      checkPresent();
      opener = Thread.currentThread();
    } finally {
      lock.unlock();
    }
    try {
      I2pStream stream = opening.open();
      settle(stream);
      return stream;
    } finally {
      stopOpening();
    }
  }

  /** If it did not open, nobody may wait for it. */
  private void stopOpening() {
    lock.lock();
    try {
      opener = null;
      opened.cancel(false);
    } finally {
      lock.unlock();
    }
  }

  /** From here on an end of the client's direction is one of the stream's. */
  private void settle(I2pStream stream) throws I2pException {
    lock.lock();
    try {
      checkPresent();
      opened.complete(stream);
    } catch (I2pException e) {
      stream.cancel();
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private void checkPresent() throws I2pException {
    if (left) {
      throw new I2pException(ErrorKind.CLOSED, "the client has left");
    }
  }

  /** The client may end its direction: the peer's goes on. */
  private void upload() {
    byte[] buffer = new byte[BUFFER];
    boolean silent = true;
    try {
      for (int count = connection.read(buffer); count >= 0; count = connection.read(buffer)) {
        silent = false;
        opened.join().output().write(buffer, 0, count);
      }
      if (!silent || !leave()) {
        end(opened.join());
      }
    } catch (IOException e) {
      if (!leave()) {
        abort(opened.join());
      }
    } catch (CancellationException e) {
      // it never opened, and the client is told
    }
  }

  /** A client that ends before there is a stream, and said nothing, does not want it any more. */
  private boolean leave() {
    lock.lock();
    try {
      if (opened.isDone()) {
        return false;
      }
      left = true;
      if (opener != null) {
        opener.interrupt();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private static void end(I2pStream stream) throws I2pException {
    if (stream.canHalfClose()) {
      stream.shutdownOutput();
    } else {
      stream.close();
    }
  }

  private void download(I2pStream stream) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int count = stream.input().read(buffer);
        count >= 0;
        count = stream.input().read(buffer)) {
      connection.send(buffer, count);
    }
    connection.endOutput();
  }

  private void abort(I2pStream stream) {
    stream.cancel();
    connection.reset();
  }
}
