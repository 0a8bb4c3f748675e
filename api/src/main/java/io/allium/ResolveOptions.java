package io.allium;

import io.allium.internal.values.Checks;
import java.time.Duration;
import java.util.Optional;

/** How to resolve a name. Immutable; start from {@link #defaults()} or {@link #builder()}. */
public final class ResolveOptions {
  /** Long enough for a lookup that crosses the network a few times. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  private static final ResolveOptions DEFAULTS = builder().build();

  private final Duration timeout;
  private final boolean leaseSetOptions;
  private final Optional<BlindedAccess> access;

  private ResolveOptions(Builder builder) {
    timeout = builder.timeout;
    leaseSetOptions = builder.leaseSetOptions;
    access = builder.access;
  }

  /**
   * The defaults.
   *
   * @return 30 s, the destination alone
   */
  public static ResolveOptions defaults() {
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
   * How long it may take.
   *
   * @return default 30 s
   */
  public Duration timeout() {
    return timeout;
  }

  /**
   * Whether to ask also for what the lease set publishes.
   *
   * @return default false
   */
  public boolean leaseSetOptions() {
    return leaseSetOptions;
  }

  /**
   * What opens the encrypted lease set.
   *
   * @return empty unless given
   */
  public Optional<BlindedAccess> access() {
    return access;
  }

  /** Timeout, and what is asked for. */
  @Override
  public String toString() {
    return "ResolveOptions[timeout=" + timeout + ", leaseSetOptions=" + leaseSetOptions
        + (access.isPresent() ? ", access" : "") + "]";
  }

  /** Collects options; not for use by several threads at once. */
  public static final class Builder {
    private Duration timeout = DEFAULT_TIMEOUT;
    private boolean leaseSetOptions;
    private Optional<BlindedAccess> access = Optional.empty();

    private Builder() {}

    /**
     * How long it may take.
     *
     * @param value positive, default 30 s
     * @return this
     */
    public Builder timeout(Duration value) {
      timeout = Checks.positive(value, "timeout");
      return this;
    }

    /**
     * Asks also for what the lease set publishes, such as service records. For this the destination must be online.
     * {@code UNSUPPORTED} without {@link Capability#LOOKUP_OPTIONS}.
     *
     * @param value default false
     * @return this
     */
    public Builder leaseSetOptions(boolean value) {
      leaseSetOptions = value;
      return this;
    }

    /**
     * What opens the encrypted lease set; {@code UNSUPPORTED} without {@link Capability#BLINDED_ACCESS}.
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
    public ResolveOptions build() {
      return new ResolveOptions(this);
    }
  }
}
