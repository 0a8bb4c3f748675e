package io.allium.i2cp;

import io.allium.ErrorKind;
import io.allium.I2pException;
import java.util.Map;

/** When a destination's lease set goes to the network: as soon as peers look for it, where the router can be told so. */
enum Publication {
  /** From the beginning. */
  AT_ONCE,
  /** When somebody listens. */
  WHEN_SOUGHT,
  /** The program wants it so. */
  NEVER;

  /** What the program's options mean at a router that speaks this version. */
  static Publication of(Map<String, String> options, String version) throws I2pException {
    String wanted = options.get(SessionOptions.UNPUBLISHED);
    if (Boolean.parseBoolean(wanted)) {
      if (RouterKind.isDoubtful(version)) {
        throw new I2pException(
            ErrorKind.UNSUPPORTED,
            SessionOptions.UNPUBLISHED
                + " cannot be used with this router, which may do the opposite: leave it out, or use an older router");
      }
      return NEVER;
    }
    return wanted == null && !version.isEmpty() && !RouterKind.isDoubtful(version)
        ? WHEN_SOUGHT
        : AT_ONCE;
  }
}
