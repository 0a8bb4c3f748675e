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
    PeerCounts peers = new PeerCounts(options.maxStreamsPerPeer());
    // a wait for a handler's end ends with the acceptor
    try (Registration ended = queue.onEnd(free::release)) {
      while (true) {
        acquire(free);
        StreamCore stream;
        try {
          stream = queue.take(Timeout.NEVER);
        } catch (I2pException e) {
          if (e.kind() == ErrorKind.CLOSED) {
            return;
          }
          throw e;
        }
        if (!peers.enter(stream.peer())) {
          stream.cancel();
          session.countRefused();
          free.release();
          continue;
        }
        session.accepted(stream);
        Thread.ofVirtual().name("allium-serve-" + port).start(() -> {
          try {
            stream.readTimeout(options.readTimeout());
            stream.writeTimeout(options.writeTimeout());
            handle(handler, stream);
          } finally {
            peers.leave(stream.peer());
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

  private static void acquire(Semaphore free) throws I2pException {
    try {
      free.acquire();
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
