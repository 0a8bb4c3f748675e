package io.allium.sam;

import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pException;
import java.util.Optional;

/** Destinations that a router tells. */
final class SamNames {
  private SamNames() {}

  /** A peer's destination; empty for one that cannot be read, which is the peer's fault and not the router's. */
  static Optional<Destination> peer(String base64) {
    try {
      return Optional.of(Destination.parse(base64));
    } catch (I2pException e) {
      System.getLogger(SamNames.class.getName())
          .log(System.Logger.Level.DEBUG, "a peer is refused: " + e.getMessage());
      return Optional.empty();
    }
  }

  static Destination destination(String base64) throws I2pException {
    try {
      return Destination.parse(base64);
    } catch (I2pException e) {
      throw new I2pException(
          ErrorKind.PROTOCOL_VIOLATION,
          "the router answered with something that is not a destination: " + e.getMessage(),
          e);
    }
  }
}
