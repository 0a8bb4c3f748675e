package io.allium;

import java.util.Objects;
import java.util.Optional;

/**
 * How far a router has started or stopped, or a session has opened.
 *
 * @param fraction 0 to 1
 * @param name what is done now, for people, such as {@code building tunnels}
 * @param blocked what stops it from going on, if anything does
 */
public record Phase(double fraction, String name, Optional<Blocked> blocked) {
  /** Checks the range. */
  public Phase {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new IllegalArgumentException("a fraction is 0 to 1, not " + fraction);
    }
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(blocked, "blocked");
  }

  /**
   * A phase that goes on.
   *
   * @param fraction 0 to 1
   * @param name what is done now
   * @return a phase that nothing blocks
   */
  public static Phase of(double fraction, String name) {
    return new Phase(fraction, name, Optional.empty());
  }

  /** What stops a router from going on. */
  public enum Blocked {
    /** No network that it could use. */
    NO_NETWORK,
    /** The machine's clock is wrong. */
    CLOCK_WRONG,
    /** It found no other routers to start from. */
    RESEED_FAILED,
    /** Others cannot reach it. */
    FIREWALLED,
    /** Its port is in use. */
    PORT_TAKEN,
    /** Its directory belongs to another running router. */
    DIRECTORY_LOCKED,
    /** Something else; the name of the phase says what. */
    OTHER
  }
}
