package io.allium;

import io.allium.internal.values.Checks;
import java.time.Duration;

/**
 * The limits of {@link I2pAcceptor#serve}. Peers are anonymous, and their identities are free, so each limit is on by
 * default. Immutable; start from {@link #defaults()} or {@link #builder()}.
 */
public final class ServeOptions {
  private static final ServeOptions DEFAULTS = builder().build();

  private final int maxStreams;
  private final int maxStreamsPerPeer;
  private final Duration readTimeout;
  private final Duration writeTimeout;

  private ServeOptions(Builder builder) {
    maxStreams = builder.maxStreams;
    maxStreamsPerPeer = builder.maxStreamsPerPeer;
    readTimeout = builder.readTimeout;
    writeTimeout = builder.writeTimeout;
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
   * Starts from the defaults.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * How many streams are served at once.
   *
   * @return positive, default 256
   */
  public int maxStreams() {
    return maxStreams;
  }

  /**
   * How many of these streams may come from one destination. A peer can make more destinations, but each costs it a
   * session.
   *
   * @return positive, default 64
   */
  public int maxStreamsPerPeer() {
    return maxStreamsPerPeer;
  }

  /**
   * How long a read waits for a silent peer; a handler may change it for its stream.
   *
   * @return zero for ever; default 10 min
   */
  public Duration readTimeout() {
    return readTimeout;
  }

  /**
   * How long a write waits while nothing is taken; a handler may change it for its stream.
   *
   * @return zero for ever; default 2 min
   */
  public Duration writeTimeout() {
    return writeTimeout;
  }

  /** All of them. */
  @Override
  public String toString() {
    return "ServeOptions[maxStreams=" + maxStreams + ", maxStreamsPerPeer=" + maxStreamsPerPeer
        + ", readTimeout=" + readTimeout + ", writeTimeout=" + writeTimeout + "]";
  }

  /** Collects options; not for use by several threads at once. */
  public static final class Builder {
    private int maxStreams = 256;
    private int maxStreamsPerPeer = 64;
    private Duration readTimeout = Duration.ofMinutes(10);
    private Duration writeTimeout = Duration.ofMinutes(2);

    private Builder() {}

    /**
     * How many streams are served at once.
     *
     * @param all of all peers together, positive, default 256
     * @param perPeer of one destination, positive, default 64
     * @return this
     */
    public Builder maxStreams(int all, int perPeer) {
      maxStreams = Checks.range(all, 1, Integer.MAX_VALUE, "maxStreams");
      maxStreamsPerPeer = Checks.range(perPeer, 1, Integer.MAX_VALUE, "maxStreamsPerPeer");
      return this;
    }

    /**
     * The limit for silent peers.
     *
     * @param value not negative, zero for ever; default 10 min
     * @return this
     */
    public Builder readTimeout(Duration value) {
      readTimeout = Checks.notNegative(value, "readTimeout");
      return this;
    }

    /**
     * The limit for peers that do not read.
     *
     * @param value not negative, zero for ever; default 2 min
     * @return this
     */
    public Builder writeTimeout(Duration value) {
      writeTimeout = Checks.notNegative(value, "writeTimeout");
      return this;
    }

    /**
     * Makes the options.
     *
     * @return immutable
     */
    public ServeOptions build() {
      return new ServeOptions(this);
    }
  }
}
