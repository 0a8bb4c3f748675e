package io.allium;

import io.allium.internal.values.Checks;
import java.time.Duration;
import java.util.Optional;

/** How to open a stream. Immutable; start from {@link #defaults()} or {@link #builder()}. */
public final class ConnectOptions {
  /** How long connecting may take by default: a tunnel answers in seconds, and a lost tunnel costs a minute. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(90);

  private static final ConnectOptions DEFAULTS = builder().build();

  private final int localPort;
  private final Duration timeout;
  private final Optional<BlindedAccess> access;

  private ConnectOptions(Builder builder) {
    localPort = builder.localPort;
    timeout = builder.timeout;
    access = builder.access;
  }

  /**
   * The defaults.
   *
   * @return port 0, 90 s
   */
  public static ConnectOptions defaults() {
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
   * Starts from these options.
   *
   * @return a builder
   */
  public Builder toBuilder() {
    Builder builder = builder().localPort(localPort).timeout(timeout);
    access.ifPresent(builder::access);
    return builder;
  }

  /**
   * Our I2P port.
   *
   * @return 0–65535, default 0
   */
  public int localPort() {
    return localPort;
  }

  /**
   * How long connecting may take altogether, name lookup and retries included.
   *
   * @return default 90 s
   */
  public Duration timeout() {
    return timeout;
  }

  /**
   * What opens the peer's encrypted lease set.
   *
   * @return empty unless given
   */
  public Optional<BlindedAccess> access() {
    return access;
  }

  /** Port and timeout. */
  @Override
  public String toString() {
    return "ConnectOptions[localPort=" + localPort + ", timeout=" + timeout
        + (access.isPresent() ? ", access" : "") + "]";
  }

  /** Collects options; not for use by several threads at once. */
  public static final class Builder {
    private int localPort;
    private Duration timeout = DEFAULT_TIMEOUT;
    private Optional<BlindedAccess> access = Optional.empty();

    private Builder() {}

    /**
     * Our I2P port.
     *
     * @param value 0–65535, default 0
     * @return this
     */
    public Builder localPort(int value) {
      localPort = Checks.port(value);
      return this;
    }

    /**
     * How long connecting may take altogether, name lookup and retries included.
     *
     * @param value positive, default 90 s
     * @return this
     */
    public Builder timeout(Duration value) {
      timeout = Checks.positive(value, "timeout");
      return this;
    }

    /**
     * What opens the peer's encrypted lease set; {@code UNSUPPORTED} without {@link Capability#BLINDED_ACCESS}.
     *
     * @param value do not close it before the call returns
     * @return this
     */
    public Builder access(BlindedAccess value) {
      access = Optional.of(value);
      return this;
    }

    /**
     * Makes the options.
     *
     * @return immutable
     */
    public ConnectOptions build() {
      return new ConnectOptions(this);
    }
  }
}
