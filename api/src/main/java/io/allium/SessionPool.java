package io.allium;

import io.allium.internal.PoolCore;
import io.allium.internal.SessionCore;
import io.allium.internal.values.Checks;
import java.time.Duration;
import java.util.Objects;

/**
 * One session for each purpose, so that peers of one purpose cannot tell that those of another talk to the same program:
 * for proxies, and for clients with several purposes. A session is opened when its purpose first needs it, and closed when
 * it has had no stream for a while; then that purpose gets a new destination. Safe for use by several threads.
 *
 * <p>Whoever watches the router can tell that all of them belong together.
 */
public final class SessionPool implements AutoCloseable {
  private final PoolCore core;

  private SessionPool(PoolCore core) {
    this.core = core;
  }

  /**
   * A pool without sessions yet.
   *
   * @param i2p where they are opened; closing it closes them
   * @param config how they are; keys in it are not used, since each has a new destination
   * @param idle how long a session stays without a stream, positive
   * @param maxSessions how many there are at most, positive; each costs tunnels
   * @return to be closed by the caller
   */
  public static SessionPool of(I2p i2p, SessionConfig config, Duration idle, int maxSessions) {
    return new SessionPool(new PoolCore(
        i2p.core(),
        config.toBuilder().newDestination().build(),
        Checks.positive(idle, "idle"),
        Checks.range(maxSessions, 1, Integer.MAX_VALUE, "maxSessions")));
  }

  /**
   * Opens a stream from the session of a purpose; opens that first if need be, which takes seconds.
   *
   * @param purpose any text: the same text gets the same session; never sent anywhere
   * @param to the peer
   * @param options local port, timeout; opening the session has its own, {@link SessionConfig#openTimeout()}
   * @return the stream, to be closed by the caller
   * @throws I2pException {@code UNSUPPORTED}: there are as many sessions as there may be, and none is idle; else as {@link
   *     I2p#open(SessionConfig)} and {@link I2pSession#connect(I2pAddress, ConnectOptions)}
   */
  public I2pStream connect(String purpose, I2pAddress to, ConnectOptions options)
      throws I2pException {
    Objects.requireNonNull(purpose, "purpose");
    return new I2pStream(core.use(purpose, (SessionCore session) -> session.connect(to, options)));
  }

  /**
   * How many purposes have a session, or are getting one.
   *
   * @return 0 or more
   */
  public int size() {
    return core.size();
  }

  /** Closes every session with its streams; a call that connects fails with {@code CLOSED}, one
   * that opens a session does once that is done. Does not block. Idempotent. */
  @Override
  public void close() {
    core.close();
  }

  /** How many sessions there are; no purpose. */
  @Override
  public String toString() {
    return "SessionPool[" + size() + " sessions]";
  }
}
