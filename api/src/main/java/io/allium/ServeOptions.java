package io.allium;

import java.time.Duration;

/**
 * What {@link I2pAcceptor#serve} grants to peers, who are anonymous and cost nothing: so each limit is on by default.
 *
 * @param maxStreams how many streams are served at once, positive; default 256
 * @param maxStreamsPerPeer how many of them may come from one destination, positive; default 64. A peer can make more
 *     destinations, but each costs it a session
 * @param readTimeout how long a read waits for a silent peer, not negative, zero for ever; default 10 min
 * @param writeTimeout how long a write waits for a peer that does not read, not negative, zero for ever; default 2 min
 */
public record ServeOptions(
    int maxStreams, int maxStreamsPerPeer, Duration readTimeout, Duration writeTimeout) {
  private static final ServeOptions DEFAULTS =
      new ServeOptions(256, 64, Duration.ofMinutes(10), Duration.ofMinutes(2));

  /** Checks ranges. */
  public ServeOptions {
    if (maxStreams < 1 || maxStreamsPerPeer < 1) {
      throw new IllegalArgumentException("a maximum must be positive");
    }
    Checks.notNegative(readTimeout, "readTimeout");
    Checks.notNegative(writeTimeout, "writeTimeout");
  }

  /**
   * The defaults.
   *
   * @return 256 streams, 64 of one peer, 10 min of silence, 2 min for a write
   */
  public static ServeOptions defaults() {
    return DEFAULTS;
  }

  /**
   * These options with other maxima.
   *
   * @param all at once, positive
   * @param perPeer of one destination, positive
   * @return a copy
   */
  public ServeOptions withMaxStreams(int all, int perPeer) {
    return new ServeOptions(all, perPeer, readTimeout, writeTimeout);
  }

  /**
   * These options with another limit for silent peers; a handler may still change it for its stream.
   *
   * @param timeout not negative, zero for ever
   * @return a copy
   */
  public ServeOptions withReadTimeout(Duration timeout) {
    return new ServeOptions(maxStreams, maxStreamsPerPeer, timeout, writeTimeout);
  }

  /**
   * These options with another limit for peers that do not read; a handler may still change it for its stream.
   *
   * @param timeout not negative, zero for ever
   * @return a copy
   */
  public ServeOptions withWriteTimeout(Duration timeout) {
    return new ServeOptions(maxStreams, maxStreamsPerPeer, readTimeout, timeout);
  }
}
