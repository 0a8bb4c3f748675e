package io.allium.memory;

import java.time.Duration;

/**
 * What goes wrong on a network in memory, and how slow it is.
 *
 * @param latency how long every message is under way; not negative
 * @param jitter by how much more at random; not negative
 * @param loss the part of messages that get lost, 0–1: those of streams are sent again after {@code resend}, datagrams are
 *     gone
 * @param resend after what time a stream sends a lost message again; not negative
 * @param reset the part of messages that make their stream break instead, 0–1
 * @param buildDelay how long opening a session takes; not negative
 */
public record Faults(
    Duration latency,
    Duration jitter,
    double loss,
    Duration resend,
    double reset,
    Duration buildDelay) {
  /** The streaming protocol's first resend comes after 9 s. */
  private static final Duration FIRST_RESEND = Duration.ofSeconds(9);

  /** Checks ranges. */
  public Faults {
    notNegative(latency, "latency");
    notNegative(jitter, "jitter");
    part(loss, "loss");
    notNegative(resend, "resend");
    part(reset, "reset");
    notNegative(buildDelay, "buildDelay");
  }

  /**
   * A perfect network: no delay, no fault.
   *
   * @return to start from
   */
  public static Faults none() {
    return new Faults(Duration.ZERO, Duration.ZERO, 0, FIRST_RESEND, 0, Duration.ZERO);
  }

  /**
   * These faults with another latency.
   *
   * @param value how long every message is under way; not negative
   * @param more by how much more at random; not negative
   * @return a copy
   */
  public Faults withLatency(Duration value, Duration more) {
    return new Faults(value, more, loss, resend, reset, buildDelay);
  }

  /**
   * These faults with loss.
   *
   * @param part 0–1
   * @param resendAfter after what time a stream sends a lost message again; not negative
   * @return a copy
   */
  public Faults withLoss(double part, Duration resendAfter) {
    return new Faults(latency, jitter, part, resendAfter, reset, buildDelay);
  }

  /**
   * These faults with resets.
   *
   * @param part 0–1
   * @return a copy
   */
  public Faults withReset(double part) {
    return new Faults(latency, jitter, loss, resend, part, buildDelay);
  }

  /**
   * These faults with a build delay.
   *
   * @param value how long opening a session takes; not negative
   * @return a copy
   */
  public Faults withBuildDelay(Duration value) {
    return new Faults(latency, jitter, loss, resend, reset, value);
  }

  /** Whether no datagram is lost or late. */
  boolean spareDatagrams() {
    return latency.isZero() && jitter.isZero() && loss == 0;
  }

  private static void notNegative(Duration value, String what) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(what + " is negative: " + value);
    }
  }

  private static void part(double value, String what) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + " is not in 0-1: " + value);
    }
  }
}
