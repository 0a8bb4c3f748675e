package io.allium;

import io.allium.internal.AcceptorCore;
import java.time.Duration;
import java.util.Objects;

/**
 * Accepts the incoming streams of one port of a session. An incoming stream waits at most 5 s for an {@code accept}. At
 * most 64 streams wait, 16 of one peer; further ones are refused.
 *
 * <p>Safe for use by several threads; each stream goes to one of them.
 */
public final class I2pAcceptor implements AutoCloseable {
  private final AcceptorCore core;

  I2pAcceptor(AcceptorCore core) {
    this.core = core;
  }

  /**
   * Where peers reach this acceptor.
   *
   * @return the session's destination and the port
   */
  public I2pAddress address() {
    return core.address();
  }

  /**
   * Waits for the next stream without a limit.
   *
   * @return the stream, to be closed by the caller
   * @throws I2pException {@code INTERRUPTED}, the acceptor stays usable and no stream is lost; {@code CLOSED}; {@code
   *     SESSION_LOST} without recovery
   */
  public I2pStream accept() throws I2pException {
    return new I2pStream(core.accept());
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
    return new I2pStream(core.accept(timeout));
  }

  /**
   * Serves incoming streams until the acceptor or its session is closed, with the default limits: 256 streams at once
   * and 64 of one peer, 10 min for a silent peer and 2 min for one that does not read.
   *
   * @param handler called for each stream on a virtual thread of its own
   * @throws I2pException as {@link #serve(StreamHandler, ServeOptions)}
   */
  public void serve(StreamHandler handler) throws I2pException {
    serve(handler, ServeOptions.defaults());
  }

  /**
   * Serves incoming streams until the acceptor or its session is closed. A stream is closed when its handler returns,
   * and reset when its handler throws. Such an exception is logged (as DEBUG if it is an {@link java.io.IOException},
   * else as WARNING) and harms no other stream. While the maximum is being served, further streams wait, as for {@code
   * accept}. A stream of a peer that already has its share waits up to 5 s, and is then reset. When the acceptor is
   * closed, this returns once the running handlers have ended, or after 10 s.
   *
   * @param handler called for each stream on a virtual thread of its own; the stream has the time-outs of the options,
   *     so that a read or write fails with {@code TIMEOUT}
   * @param options limits
   * @throws I2pException {@code INTERRUPTED}, the acceptor stays usable; {@code SESSION_LOST} without recovery
   */
  public void serve(StreamHandler handler, ServeOptions options) throws I2pException {
    Objects.requireNonNull(handler, "handler");
    core.serve(stream -> handler.handle(new I2pStream(stream)), options);
  }

  /** Stops accepting. Waiting streams are refused; accepted streams go on. Idempotent. */
  @Override
  public void close() {
    core.close();
  }

  /** The address, shortened. */
  @Override
  public String toString() {
    return core.toString();
  }
}
