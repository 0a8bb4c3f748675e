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

  /** From this release of its API on, a router may be an i2pd that publishes what it is told not to publish. */
  private static final int[] DOUBTFUL = {0, 9, 67};

  /** What the program's options mean at a router that speaks this version. */
  static Publication of(Map<String, String> options, String version) throws I2pException {
    String wanted = options.get(SessionOptions.UNPUBLISHED);
    if (Boolean.parseBoolean(wanted)) {
      if (isDoubtful(version)) {
        throw new I2pException(
            ErrorKind.UNSUPPORTED,
            SessionOptions.UNPUBLISHED
                + " cannot be used with this router, which may do the opposite: leave it out, or use an older router");
      }
      return NEVER;
    }
    return wanted == null && !version.isEmpty() && !isDoubtful(version) ? WHEN_SOUGHT : AT_ONCE;
  }

  private static boolean isDoubtful(String version) {
    if (version.isEmpty()) {
      return false; // an i2pd that repeats our own version is old enough
    }
    String[] parts = version.split("\\.", -1);
    for (int i = 0; i < DOUBTFUL.length; i++) {
      int part =
          i < parts.length && parts[i].matches("[0-9]{1,4}") ? Integer.parseInt(parts[i]) : 0;
      if (part != DOUBTFUL[i]) {
        return part > DOUBTFUL[i];
      }
    }
    return true;
  }
}
