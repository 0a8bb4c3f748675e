package io.allium;

import io.allium.internal.PoolCore;
import io.allium.internal.SessionCore;
import io.allium.internal.values.Checks;
import java.time.Duration;
import java.util.Objects;

/**
 * One session for each purpose: for proxies, and for clients with several purposes. Peers of one purpose cannot tell
 * that peers of another purpose talk to the same program. A session is opened when its purpose first needs it, and
 * closed when it has had no stream for a while. After that, the purpose gets a new destination. Safe for use by several
 * threads.
 *
 * <p>Anyone who watches the router can tell that all these sessions belong together.
 */
public final class SessionPool implements AutoCloseable {
  private final PoolCore core;

  private SessionPool(PoolCore core) {
    this.core = core;
  }

  /**
   * A pool without sessions yet.
   *
   * @param i2p where the sessions are opened; closing it closes them
   * @param config their settings; keys in it are not used, since each session has a new destination
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
   * Opens a stream from the session of a purpose; opens the session first if necessary, which takes seconds.
   *
   * @param purpose any text: the same text gets the same session; never sent anywhere
   * @param to the peer
   * @param options local port, timeout; opening the session has its own, {@link SessionConfig#openTimeout()}
   * @return the stream, to be closed by the caller
   * @throws I2pException {@code UNSUPPORTED}: the maximum of sessions is open, and none is idle; else as {@link
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

  /**
   * Closes every session with its streams. A call that is connecting fails with {@code CLOSED}; a call that is opening a
   * session fails with it once the session is open. Does not block. Idempotent.
   */
  @Override
  public void close() {
    core.close();
  }

  /** How many sessions there are; it does not show the purposes. */
  @Override
  public String toString() {
    return "SessionPool[" + size() + " sessions]";
  }
}
