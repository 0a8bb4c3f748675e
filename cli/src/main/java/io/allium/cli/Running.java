package io.allium.cli;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.SessionEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A command that keeps running until it is stopped or its session ends. */
final class Running {
  private Running() {}

  static int until(I2pSession session, Stop stop, Runnable announce)
      throws I2pException, InterruptedException {
    CompletableFuture<I2pException> over = new CompletableFuture<>();
    session.onEvent(event -> {
      if (event instanceof SessionEvent.Lost lost) {
        over.complete(lost.cause());
      } else if (event instanceof SessionEvent.Closed) {
        over.complete(new I2pException(ErrorKind.CLOSED, "the session was closed"));
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
