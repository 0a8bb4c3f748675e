package io.allium.cli;

import io.allium.Capability;
import io.allium.DestinationKeys;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.SessionConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the session of a command is to be. */
final class SessionOptions {
  @Option(
      names = "--hops",
      paramLabel = "N",
      description = "tunnel length both ways, 0-7; default 3")
  int hops = 3;

  @Option(
      names = "--tunnels",
      paramLabel = "N",
      description = "number of tunnels both ways, 1-16; default 3")
  int tunnels = 3;

  @Option(
      names = "--option",
      paramLabel = "KEY=VALUE",
      description = "any I2CP option; may be repeated")
  Map<String, String> options = new LinkedHashMap<>();

  SessionConfig.Builder config() throws CommandFailure {
    try {
      SessionConfig.Builder builder =
          SessionConfig.builder().tunnelLength(hops, hops).tunnelQuantity(tunnels, tunnels);
      options.forEach(builder::option);
      return builder;
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCodes.USAGE, e.getMessage() == null ? "bad option" : e.getMessage());
    }
  }

  I2pSession openClient(I2p i2p, Output out) throws I2pException, CommandFailure {
    out.talk(
        "opening a session; a router that just started needs a minute or two to build tunnels");
    return i2p.open(config().build());
  }

  I2pSession openServer(I2p i2p, Output out, @Nullable Path keyFile)
      throws I2pException, CommandFailure {
    if (keyFile == null) {
      out.talk("without --keys FILE the address is gone when this ends");
      return openClient(i2p, out);
    }
    try (DestinationKeys keys = DestinationKeys.loadOrCreate(keyFile)) {
      out.talk(
          "opening a session; a router that just started needs a minute or two to build tunnels");
      return i2p.open(config().keys(keys).build());
    }
  }

  /** A port that a user did not choose is left out where the router has none. */
  static int portOrZero(I2p i2p, int port) {
    return i2p.capabilities().contains(Capability.PORTS) ? port : 0;
  }
}
