package io.allium;

import io.allium.internal.values.Checks;

/** How to accept streams. Immutable; start from {@link #builder()}. */
public final class ListenOptions {
  private final int port;
  private final boolean answerOnAccept;

  private ListenOptions(Builder builder) {
    port = builder.port;
    answerOnAccept = builder.answerOnAccept;
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
   * The I2P port.
   *
   * @return 0–65535; 0, the default, means every port on which nobody else listens
   */
  public int port() {
    return port;
  }

  /**
   * Whether a peer learns that its stream is open only when the program accepts it.
   *
   * @return default false: the peer learns it at once, as with TCP, and the stream waits
   */
  public boolean answerOnAccept() {
    return answerOnAccept;
  }

  /** The port, and when a peer is answered. */
  @Override
  public String toString() {
    return "ListenOptions[port=" + port + ", answerOnAccept=" + answerOnAccept + "]";
  }

  /** Collects options; not for use by several threads at once. */
  public static final class Builder {
    private int port;
    private boolean answerOnAccept;

    private Builder() {}

    /**
     * The I2P port.
     *
     * @param value 0–65535; 0, the default, means every port on which nobody else listens
     * @return this
     */
    public Builder port(int value) {
      port = Checks.port(value);
      return this;
    }

    /**
     * Whether a peer learns that its stream is open only when the program accepts it. This has no effect where routers
     * answer by themselves, as over SAM.
     *
     * @param value default false
     * @return this
     */
    public Builder answerOnAccept(boolean value) {
      answerOnAccept = value;
      return this;
    }

    /**
     * Makes the options.
     *
     * @return immutable
     */
    public ListenOptions build() {
      return new ListenOptions(this);
    }
  }
}
