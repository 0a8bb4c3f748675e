package io.allium;

import io.allium.internal.values.Checks;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How to send one datagram. For what is not set, the datagram port or the router decides. Immutable; start from {@link
 * #defaults()} or {@link #builder()}.
 *
 * @see <a href="https://geti2p.net/en/docs/api/samv3">SAM 3.3, Repliable datagrams: per-datagram options</a>
 */
public final class SendOptions {
  /** I2CP keeps 255 for itself: what is sent with it arrives with 0. */
  static final int MAX_NUMBER = 254;

  private static final int MAX_TAGS = 15;
  private static final SendOptions DEFAULTS = builder().build();

  private final OptionalInt fromPort;
  private final OptionalInt toPort;
  private final OptionalInt number;
  private final OptionalInt sendTags;
  private final OptionalInt tagThreshold;
  private final Optional<Duration> expires;
  private final Optional<Boolean> sendLeaseSet;

  private SendOptions(Builder builder) {
    fromPort = builder.fromPort;
    toPort = builder.toPort;
    number = builder.number;
    sendTags = builder.sendTags;
    tagThreshold = builder.tagThreshold;
    expires = builder.expires;
    sendLeaseSet = builder.sendLeaseSet;
  }

  /**
   * The defaults: nothing is set.
   *
   * @return the defaults of port and router
   */
  public static SendOptions defaults() {
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
   * Our I2P port.
   *
   * @return 0–65535; empty for that of the datagram port
   */
  public OptionalInt fromPort() {
    return fromPort;
  }

  /**
   * The peer's I2P port.
   *
   * @return 0–65535; empty for that of the address
   */
  public OptionalInt toPort() {
    return toPort;
  }

  /**
   * The I2CP protocol number of a raw datagram.
   *
   * @return 0–254; empty for that of the datagram port
   */
  public OptionalInt number() {
    return number;
  }

  /**
   * How many session tags to send.
   *
   * @return 0–15; empty for the router's choice
   */
  public OptionalInt sendTags() {
    return sendTags;
  }

  /**
   * Tags are sent when fewer than this many are left.
   *
   * @return 0–15; empty for the router's choice
   */
  public OptionalInt tagThreshold() {
    return tagThreshold;
  }

  /**
   * How long the router may try to deliver it.
   *
   * @return positive; empty for the router's choice
   */
  public Optional<Duration> expires() {
    return expires;
  }

  /**
   * Whether our lease set goes with it.
   *
   * @return empty for the router's choice
   */
  public Optional<Boolean> sendLeaseSet() {
    return sendLeaseSet;
  }

  /** By content. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SendOptions that
        && fromPort.equals(that.fromPort)
        && toPort.equals(that.toPort)
        && number.equals(that.number)
        && sendTags.equals(that.sendTags)
        && tagThreshold.equals(that.tagThreshold)
        && expires.equals(that.expires)
        && sendLeaseSet.equals(that.sendLeaseSet);
  }

  @Override
  public int hashCode() {
    return Objects.hash(fromPort, toPort, number, sendTags, tagThreshold, expires, sendLeaseSet);
  }

  /** What was set. */
  @Override
  public String toString() {
    return "SendOptions[fromPort=" + fromPort + ", toPort=" + toPort + ", number=" + number
        + ", sendTags=" + sendTags + ", tagThreshold=" + tagThreshold + ", expires=" + expires
        + ", sendLeaseSet=" + sendLeaseSet + "]";
  }

  /** Collects options; not for use by several threads at once. */
  public static final class Builder {
    private OptionalInt fromPort = OptionalInt.empty();
    private OptionalInt toPort = OptionalInt.empty();
    private OptionalInt number = OptionalInt.empty();
    private OptionalInt sendTags = OptionalInt.empty();
    private OptionalInt tagThreshold = OptionalInt.empty();
    private Optional<Duration> expires = Optional.empty();
    private Optional<Boolean> sendLeaseSet = Optional.empty();

    private Builder() {}

    /**
     * Both ports.
     *
     * @param from our I2P port, 0–65535
     * @param to the peer's I2P port, 0–65535
     * @return this
     */
    public Builder ports(int from, int to) {
      fromPort = OptionalInt.of(Checks.port(from));
      toPort = OptionalInt.of(Checks.port(to));
      return this;
    }

    /**
     * The I2CP protocol number; for raw datagrams only.
     *
     * @param value 0–254
     * @return this
     */
    public Builder number(int value) {
      number = OptionalInt.of(Checks.range(value, 0, MAX_NUMBER, "number"));
      return this;
    }

    /**
     * How many session tags to send.
     *
     * @param value 0–15
     * @return this
     */
    public Builder sendTags(int value) {
      sendTags = OptionalInt.of(Checks.range(value, 0, MAX_TAGS, "sendTags"));
      return this;
    }

    /**
     * Tags are sent when fewer than this many are left.
     *
     * @param value 0–15
     * @return this
     */
    public Builder tagThreshold(int value) {
      tagThreshold = OptionalInt.of(Checks.range(value, 0, MAX_TAGS, "tagThreshold"));
      return this;
    }

    /**
     * How long the router may try to deliver it.
     *
     * @param value positive; over SAM in whole seconds, rounded down, at least 1
     * @return this
     */
    public Builder expires(Duration value) {
      expires = Optional.of(Checks.positive(value, "expires"));
      return this;
    }

    /**
     * Whether our lease set goes with it.
     *
     * @param value true or false
     * @return this
     */
    public Builder sendLeaseSet(boolean value) {
      sendLeaseSet = Optional.of(value);
      return this;
    }

    /**
     * Makes the options.
     *
     * @return immutable
     */
    public SendOptions build() {
      return new SendOptions(this);
    }
  }
}
