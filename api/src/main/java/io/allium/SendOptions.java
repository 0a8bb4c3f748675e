package io.allium;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How to send one datagram; an empty value leaves the choice to the session or the router.
 *
 * @param fromPort our I2P port, 0–65535
 * @param toPort the peer's I2P port, 0–65535
 * @param protocol I2CP protocol number of a raw datagram, 0–255
 * @param sendTags how many session tags to send, 0–15
 * @param tagThreshold send tags when fewer than this many are left, 0–15
 * @param expires how long the router may try to deliver it, positive; over SAM in whole seconds, rounded down, at least 1
 * @param sendLeaseSet whether our lease set goes with it
 * @see <a href="https://geti2p.net/en/docs/api/samv3">SAM 3.3, Repliable datagrams: per-datagram options</a>
 */
public record SendOptions(
    OptionalInt fromPort,
    OptionalInt toPort,
    OptionalInt protocol,
    OptionalInt sendTags,
    OptionalInt tagThreshold,
    Optional<Duration> expires,
    Optional<Boolean> sendLeaseSet) {
  private static final SendOptions DEFAULTS = new SendOptions(
      OptionalInt.empty(),
      OptionalInt.empty(),
      OptionalInt.empty(),
      OptionalInt.empty(),
      OptionalInt.empty(),
      Optional.empty(),
      Optional.empty());

  /** Checks ranges. */
  public SendOptions {
    fromPort.ifPresent(Checks::port);
    toPort.ifPresent(Checks::port);
    protocol.ifPresent(value -> range(value, 255, "protocol"));
    sendTags.ifPresent(value -> range(value, 15, "sendTags"));
    tagThreshold.ifPresent(value -> range(value, 15, "tagThreshold"));
    expires.ifPresent(value -> Checks.positive(value, "expires"));
  }

  private static void range(int value, int max, String what) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(what + " " + value + " is not in 0-" + max);
    }
  }

  /**
   * No choice made.
   *
   * @return the defaults of session and router
   */
  public static SendOptions defaults() {
    return DEFAULTS;
  }

  /**
   * These options with ports.
   *
   * @param from our I2P port, 0–65535
   * @param to the peer's I2P port, 0–65535
   * @return a copy
   */
  public SendOptions withPorts(int from, int to) {
    return new SendOptions(
        OptionalInt.of(from),
        OptionalInt.of(to),
        protocol,
        sendTags,
        tagThreshold,
        expires,
        sendLeaseSet);
  }

  /** Only raw datagrams choose their protocol, and only one that is free. */
  void check(DatagramFormat format) throws I2pException {
    if (protocol.isEmpty()) {
      return;
    }
    if (format != DatagramFormat.RAW) {
      throw new I2pException(
          ErrorKind.CONFIG_INVALID,
          "only raw datagrams have a protocol number of your choice: leave it out");
    }
    if (DatagramOptions.TAKEN_PROTOCOLS.contains(protocol.getAsInt())) {
      throw new I2pException(
          ErrorKind.CONFIG_INVALID,
          "protocol " + protocol.getAsInt()
              + " is not one for raw datagrams: choose 18, or one that is free");
    }
  }

  /** Leaves our port to the datagram port, which has one of its own. */
  SendOptions withToPort(int port) {
    return new SendOptions(
        fromPort, OptionalInt.of(port), protocol, sendTags, tagThreshold, expires, sendLeaseSet);
  }

  /**
   * These options with a protocol number.
   *
   * @param number 0–255, for raw datagrams
   * @return a copy
   */
  public SendOptions withProtocol(int number) {
    return new SendOptions(
        fromPort, toPort, OptionalInt.of(number), sendTags, tagThreshold, expires, sendLeaseSet);
  }

  /**
   * These options with session tags.
   *
   * @param tags how many to send, 0–15
   * @param threshold send when fewer are left, 0–15
   * @return a copy
   */
  public SendOptions withTags(int tags, int threshold) {
    return new SendOptions(
        fromPort,
        toPort,
        protocol,
        OptionalInt.of(tags),
        OptionalInt.of(threshold),
        expires,
        sendLeaseSet);
  }

  /**
   * These options with an expiry.
   *
   * @param after positive; over SAM in whole seconds, rounded down, at least 1
   * @return a copy
   */
  public SendOptions withExpires(Duration after) {
    return new SendOptions(
        fromPort, toPort, protocol, sendTags, tagThreshold, Optional.of(after), sendLeaseSet);
  }

  /**
   * These options with or without our lease set.
   *
   * @param wanted whether it goes with the datagram
   * @return a copy
   */
  public SendOptions withLeaseSet(boolean wanted) {
    return new SendOptions(
        fromPort, toPort, protocol, sendTags, tagThreshold, expires, Optional.of(wanted));
  }
}
