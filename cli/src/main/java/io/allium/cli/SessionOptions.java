package io.allium.cli;

import io.allium.Capability;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.SessionConfig;
import io.allium.SessionEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the session of a command is to be. */
final class SessionOptions {
  private static final Duration SLOW = Duration.ofSeconds(5);

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
    return open(i2p, config().build(), out);
  }

  I2pSession openServer(I2p i2p, Output out, @Nullable Path keyFile)
      throws I2pException, CommandFailure {
    if (keyFile == null) {
      out.talk("without --keys FILE the address is gone when this ends");
      return openClient(i2p, out);
    }
    SessionConfig.Builder config = config();
    try (DestinationKeys keys = keys(keyFile)) {
      return open(i2p, config.keys(keys).build(), out);
    }
  }

  private static DestinationKeys keys(Path file) throws I2pException, CommandFailure {
    try {
      return DestinationKeys.loadOrCreate(file);
    } catch (I2pException e) {
      if (e.kind() == ErrorKind.CONFIG_INVALID) {
        throw new CommandFailure(ExitCodes.CANNOT_CREATE, String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  private static I2pSession open(I2p i2p, SessionConfig config, Output out)
      throws I2pException, CommandFailure {
    Thread patience = Thread.ofVirtual().start(() -> explainSlowness(out));
    try {
      I2pSession session = i2p.open(config);
      session.onEvent(event -> tell(event, out));
      return session;
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCodes.USAGE, "--option takes options of I2CP: " + e.getMessage());
    } finally {
      patience.interrupt();
    }
  }

  private static void tell(SessionEvent event, Output out) {
    switch (event) {
      case SessionEvent.Lost lost ->
        out.talk("lost: " + lost.cause().getMessage() + "; waiting for the router");
      case SessionEvent.Recovered back -> out.talk("online again, at the same address");
      case SessionEvent.Ready ready -> {}
      case SessionEvent.Closed closed -> {}
    }
  }

  private static void explainSlowness(Output out) {
    try {
      Thread.sleep(SLOW);
      out.talk(
          "still opening a session; a router that just started needs a few minutes to build tunnels");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A port that a user did not choose is left out where the router has none. */
  static int portOrZero(I2p i2p, int port) {
    return i2p.capabilities().contains(Capability.PORTS) ? port : 0;
  }
}
