package io.allium.cli;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.SessionEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/** A command that keeps running until it is stopped or its session ends for good; one that is lost comes back. */
final class Running {
  private Running() {}

  static int until(I2pSession session, Stop stop, Runnable announce)
      throws I2pException, InterruptedException {
    CompletableFuture<I2pException> over = new CompletableFuture<>();
    AtomicReference<I2pException> last =
        new AtomicReference<>(new I2pException(ErrorKind.CLOSED, "the session was closed"));
    session.onEvent(event -> {
      if (event instanceof SessionEvent.Lost lost) {
        last.set(lost.cause());
      } else if (event instanceof SessionEvent.Closed) {
        over.complete(last.get());
      }
    });
    stop.ready();
    announce.run();
    try {
      throw over.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
