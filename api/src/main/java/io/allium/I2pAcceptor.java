package io.allium;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Accepts the incoming streams of one port of a session. An incoming stream waits at most 5 s for an {@code accept}, and
 * at most 64 wait, 16 of one peer; what is more is refused.
 *
 * <p>Safe for use by several threads; each stream goes to one of them.
 */
public final class I2pAcceptor implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(I2pAcceptor.class.getName());

  private final I2pSession session;
  private final Incoming incoming;
  private final WaitingStreams waiting;
  private final int port;

  I2pAcceptor(I2pSession session, Incoming incoming, WaitingStreams waiting, int port) {
    this.session = session;
    this.incoming = incoming;
    this.waiting = waiting;
    this.port = port;
  }

  /**
   * Where peers reach this acceptor.
   *
   * @return the session's destination and the port
   */
  public I2pAddress address() {
    return I2pAddress.of(session.destination(), port);
  }

  /**
   * Waits for the next stream without a limit.
   *
   * @return the stream, to be closed by the caller
   * @throws I2pException {@code INTERRUPTED}, the acceptor stays usable and no stream is lost; {@code CLOSED};
   *     {@code SESSION_LOST} without recovery
   */
  public I2pStream accept() throws I2pException {
    return session.accepted(waiting.take(Long.MAX_VALUE));
  }

  /**
   * Waits for the next stream.
   *
   * @param timeout how long at most, positive
   * @return the stream, to be closed by the caller
   * @throws I2pException {@code TIMEOUT} and {@code INTERRUPTED}, the acceptor stays usable and no stream is lost;
   *     {@code CLOSED}; {@code SESSION_LOST} without recovery
   */
  public I2pStream accept(Duration timeout) throws I2pException {
    return session.accepted(waiting.take(Checks.nanos(Checks.positive(timeout, "timeout"))));
  }

  /**
   * Serves incoming streams with the default limits: 256 at once and 64 of one peer, 10 min for a silent peer and 2 min
   * for one that does not read; until the acceptor or its session is closed.
   *
   * @param handler called for each stream on a virtual thread of its own
   * @throws I2pException as {@link #serve(StreamHandler, ServeOptions)}
   */
  public void serve(StreamHandler handler) throws I2pException {
    serve(handler, ServeOptions.defaults());
  }

  /**
   * Serves incoming streams until the acceptor or its session is closed. The stream is closed when its handler returns,
   * and reset when it throws, which is logged (as DEBUG if it is an {@link IOException}, else as WARNING) and harms no
   * other stream. While the maximum is being served, no accept is armed for this port; a peer that has its share is
   * reset. Handlers that still run when this returns keep their streams until the session closes.
   *
   * @param handler called for each stream on a virtual thread of its own; the stream has the time-outs of the options,
   *     so that a read or write fails with {@code TIMEOUT}
   * @param options limits
   * @throws I2pException {@code INTERRUPTED}, the acceptor stays usable; {@code SESSION_LOST} without recovery
   */
  public void serve(StreamHandler handler, ServeOptions options) throws I2pException {
    Objects.requireNonNull(handler, "handler");
    Semaphore free = new Semaphore(options.maxStreams());
    PeerCounts peers = new PeerCounts(options.maxStreamsPerPeer());
    Runnable ended = free::release; // a wait for a handler's end ends with the acceptor
    waiting.onEnd(ended);
    try {
      while (true) {
        acquire(free);
        I2pStream stream;
        try {
          stream = waiting.take(Long.MAX_VALUE);
        } catch (I2pException e) {
          if (e.kind() == ErrorKind.CLOSED) {
            return;
          }
          throw e;
        }
        if (!peers.enter(stream.remote().name())) {
          stream.cancel();
          incoming.countRefused();
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
            peers.leave(stream.remote().name());
            free.release();
          }
        });
      }
    } finally {
      waiting.notOnEnd(ended);
      incoming.saturated(waiting, false);
    }
  }

  /** Stops accepting; streams that wait are refused, accepted ones go on. Idempotent. */
  @Override
  public void close() {
    incoming.remove(port, waiting);
    waiting.end(new I2pException(ErrorKind.CLOSED, "the acceptor is closed"));
  }

  /** The address, shortened. */
  @Override
  public String toString() {
    return "I2pAcceptor[" + address() + "]";
  }

  private void acquire(Semaphore free) throws I2pException {
    if (free.tryAcquire()) {
      return;
    }
    incoming.saturated(waiting, true);
    try {
      free.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Calls.interrupted("serve");
    }
    incoming.saturated(waiting, false);
  }

  private static void handle(StreamHandler handler, I2pStream stream) {
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
