package io.allium.internal;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.spi.Access;
import io.allium.spi.RouterSource;
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
      return connect("ALLIUM_ROUTER", router.strip());
    }
    String sam = environment.getOrDefault("I2P_SAM_ADDRESS", "");
    if (!sam.isBlank()) {
      return connect("I2P_SAM_ADDRESS", "sam://" + sam.strip());
    }
    return first(Providers.usual());
  }

  /** A failure is the more puzzling where nobody remembers the variable. */
  private static RouterCore connect(String variable, String uri) throws I2pException {
    try {
      return RouterCore.connect(
          Providers.source(Providers.uri(uri), NOTHING), Calls.ROUTER_TIMEOUT);
    } catch (I2pException e) {
      throw new I2pException(
          e.kind(), "the router that " + variable + " names: " + e.getMessage(), e);
    }
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
        tried.add(String.valueOf(e.getMessage()));
      }
    }
    throw new I2pException(
        ErrorKind.ROUTER_UNREACHABLE,
        "no I2P router found: " + String.join("; ", tried) + "; or name one in ALLIUM_ROUTER");
  }
}
