package io.allium.samclient;

import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pException;

/** Destinations that a router tells. */
final class SamNames {
  private SamNames() {}

  static Destination destination(String base64) throws I2pException {
    try {
      return Destination.parse(base64);
    } catch (I2pException e) {
      throw new I2pException(
          ErrorKind.PROTOCOL_VIOLATION,
          "the router told a destination that is none: " + e.getMessage(),
          e);
    }
  }
}
