package io.allium.internal;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.spi.Access;
import io.allium.spi.RouterSource;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds a running router: what the environment names, then the usual places. */
public final class Discovery {
  private static final Access NOTHING = new Access(Optional.empty());

  private Discovery() {}

  /** Connects to what the environment names, else to the first router that answers. */
  public static RouterCore discover(Map<String, String> environment) throws I2pException {
    String router = environment.getOrDefault("ALLIUM_ROUTER", "");
    if (!router.isBlank()) {
      return connect(Providers.uri(router.strip()));
    }
    String sam = environment.getOrDefault("I2P_SAM_ADDRESS", "");
    if (!sam.isBlank()) {
      return connect(Providers.uri("sam://" + sam.strip()));
    }
    return first(Providers.usual());
  }

  private static RouterCore connect(URI uri) throws I2pException {
    return RouterCore.connect(Providers.source(uri, NOTHING), Calls.ROUTER_TIMEOUT);
  }

  static RouterCore first(List<RouterSource> candidates) throws I2pException {
    List<String> tried = new ArrayList<>();
    for (RouterSource candidate : candidates) {
      try {
        return RouterCore.connect(candidate, Calls.ROUTER_TIMEOUT);
      } catch (I2pException e) {
        if (e.kind() == ErrorKind.INTERRUPTED) {
          throw e;
        }
        tried.add(candidate.uri() + " (" + e.kind() + ")");
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
