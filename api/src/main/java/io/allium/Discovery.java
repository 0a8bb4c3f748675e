package io.allium;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds a running router: what the environment names, then the usual places. */
final class Discovery {
  private static final List<String> USUAL =
      List.of("sam://127.0.0.1:7656", "i2cp://127.0.0.1:7654");

  private Discovery() {}

  static I2p discover(Map<String, String> environment) throws I2pException {
    String router = environment.getOrDefault("ALLIUM_ROUTER", "");
    if (!router.isBlank()) {
      return I2p.connect(router.strip());
    }
    String sam = environment.getOrDefault("I2P_SAM_ADDRESS", "");
    if (!sam.isBlank()) {
      return I2p.connect("sam://" + sam.strip());
    }
    return discover(USUAL);
  }

  static I2p discover(List<String> candidates) throws I2pException {
    List<String> tried = new ArrayList<>();
    for (String candidate : candidates) {
      if (!Providers.knows(URI.create(candidate).getScheme())) {
        continue;
      }
      try {
        return I2p.connect(candidate);
      } catch (I2pException e) {
        if (e.kind() == ErrorKind.INTERRUPTED) {
          throw e;
        }
        tried.add(candidate + " (" + e.kind() + ")");
      }
    }
    throw new I2pException(
        ErrorKind.ROUTER_UNREACHABLE,
        "no I2P router found, tried " + String.join(", ", tried)
            + ": start one and enable its SAM interface (Java I2P:"
            + " router console, Clients, \"SAM application bridge\"; i2pd: sam.enabled = true), or name it in"
            + " ALLIUM_ROUTER");
  }
}
