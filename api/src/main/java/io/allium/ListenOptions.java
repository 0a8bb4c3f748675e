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
   * @return 0–65535; 0, the default, is every port that nobody else listens on
   */
  public int port() {
    return port;
  }

  /**
   * Whether a peer learns that its stream is open only when the program accepts it.
   *
   * @return default false: it learns it at once, as with TCP, and the stream waits
   */
  public boolean answerOnAccept() {
    return answerOnAccept;
  }

  /** Both. */
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
     * @param value 0–65535; 0, the default, is every port that nobody else listens on
     * @return this
     */
    public Builder port(int value) {
      port = Checks.port(value);
      return this;
    }

    /**
     * Whether a peer learns that its stream is open only when the program accepts it. Without effect where routers answer
     * by themselves, as over SAM.
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
