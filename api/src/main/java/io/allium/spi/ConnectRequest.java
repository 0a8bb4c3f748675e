package io.allium.spi;

import io.allium.BlindedAccess;
import io.allium.Destination;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a stream is to go.
 *
 * @param to the peer
 * @param toPort the peer's I2P port, 0–65535; 0 where the router has no ports
 * @param fromPort our I2P port, 0–65535
 * @param access what opens the peer's encrypted lease set
 */
public record ConnectRequest(
    Destination to, int toPort, int fromPort, Optional<BlindedAccess> access) {
  /** Refuses null. */
  public ConnectRequest {
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(access, "access");
  }

  /**
   * A stream between two ports of destinations that everybody can look up.
   *
   * @param to the peer
   * @param toPort the peer's I2P port, 0–65535
   * @param fromPort our I2P port, 0–65535
   * @return without an access
   */
  public static ConnectRequest of(Destination to, int toPort, int fromPort) {
    return new ConnectRequest(to, toPort, fromPort, Optional.empty());
  }
}
