package io.allium.internal;

import io.allium.ErrorKind;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.ListenOptions;
import io.allium.Registration;
import io.allium.ServeOptions;
import io.allium.internal.values.Checks;
import io.allium.spi.support.Timeout;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** What accepts the streams of one port of a session. */
public final class AcceptorCore implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.allium.I2pAcceptor");

  /** Most answers are written by then, and who closes an acceptor may be in a hurry. */
  private static final Duration LAST_HANDLERS = Duration.ofSeconds(10);

  /** A peer with a stream too many often ends another one at this moment. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** What is done with a stream. */
  @FunctionalInterface
  public interface Handler {
    /** Handles it; an exception resets it. */
    void handle(StreamCore stream) throws Exception;
  }

  private final SessionCore session;
  private final AcceptQueue queue;
  private final int port;

  private AcceptorCore(SessionCore session, AcceptQueue queue, int port) {
    this.session = session;
    this.queue = queue;
    this.port = port;
  }

  /** Opens one. */
  public static AcceptorCore open(SessionCore session, ListenOptions options) throws I2pException {
    return new AcceptorCore(session, session.listen(options), options.port());
  }

  /** Where peers reach it. */
  public I2pAddress address() {
    return I2pAddress.of(session.destination(), port);
  }

  /** Waits for the next stream. */
  public StreamCore accept() throws I2pException {
    return session.accepted(queue.take(Timeout.NEVER));
  }

  /** Waits for the next stream, so long at most. */
  public StreamCore accept(Duration timeout) throws I2pException {
    return session.accepted(queue.take(Checks.nanos(Checks.positive(timeout, "timeout"))));
  }

  /** Serves until it is closed. */
  public void serve(Handler handler, ServeOptions options) throws I2pException {
    Semaphore free = new Semaphore(options.maxStreams());
    PeerCounts peers = new PeerCounts(options.maxStreamsPerPeer(), session.time());
    // a wait for a handler's end ends with the acceptor
    try (Registration ended = queue.onEnd(free::release)) {
      while (true) {
        acquire(free, 1);
        StreamCore stream;
        try {
          stream = queue.take(Timeout.NEVER);
        } catch (I2pException e) {
          if (e.kind() == ErrorKind.CLOSED) {
            awaitHandlers(free, options.maxStreams());
            return;
          }
          throw e;
        }
        Thread.ofVirtual().name("allium-serve-" + port).start(() -> {
          try {
            serve(stream, peers, handler, options);
          } finally {
            free.release();
          }
        });
      }
    }
  }

  /** Stops accepting. */
  @Override
  public void close() {
    session.stopListening(port, queue);
  }

  /** The address, shortened. */
  @Override
  public String toString() {
    return "I2pAcceptor[" + address() + "]";
  }

  private void serve(StreamCore stream, PeerCounts peers, Handler handler, ServeOptions options) {
    if (!peers.enter(stream.peer(), PATIENCE)) {
      stream.cancel();
      session.countRefused();
      return;
    }
    try {
      session.accepted(stream);
      stream.readTimeout(options.readTimeout());
      stream.writeTimeout(options.writeTimeout());
      handle(handler, stream);
    } finally {
      peers.leave(stream.peer());
    }
  }

  /** One place is our own, and one more came with the end of the queue. */
  private void awaitHandlers(Semaphore free, int max) throws I2pException {
    try (Registration limit =
        session.time().schedule(LAST_HANDLERS.toNanos(), () -> free.release(max))) {
      acquire(free, max);
    }
  }

  private static void acquire(Semaphore free, int places) throws I2pException {
    try {
      free.acquire(places);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Calls.interrupted("serve");
    }
  }

  private static void handle(Handler handler, StreamCore stream) {
    @Nullable Throwable failure = null;
    try {
      handler.handle(stream);
    } catch (Throwable e) {
      failure = e;
    }
    if (failure == null) {
      stream.close();
    } else {
      stream.cancel();
      // What a peer or the network does is not this program's fault: a peer must not fill its log.
      LOG.log(
          failure instanceof IOException ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
          "the handler of " + stream + " failed",
          failure);
    }
  }
}
