package io.allium.cli;

import io.allium.Capability;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.SessionConfig;
import io.allium.SessionEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How the session of a command is to be. */
class SessionOptions implements Checked {
  private static final Duration SLOW = Duration.ofSeconds(5);

  @Option(
      names = "--hops",
      paramLabel = "N",
      converter = Whole.Hops.class,
      description = "tunnel length both ways, 0-7; default 3")
  int hops = 3;

  @Option(
      names = "--tunnels",
      paramLabel = "N",
      converter = Whole.Tunnels.class,
      description = "number of tunnels both ways, 1-16; default 3")
  int tunnels = 3;

  @Option(
      names = "--option",
      paramLabel = "KEY=VALUE",
      description = "any I2CP option; may be repeated")
  List<String> options = new ArrayList<>();

  /** Refuses what no router would take, before one is asked, and questions what may be mistyped. */
  @Override
  public void check(Output out) throws CommandFailure {
    config();
    for (String option : options) {
      I2cpOptions.question(option.split("=", 2)[0]).ifPresent(out::talk);
    }
  }

  SessionConfig.Builder config() throws CommandFailure {
    try {
      SessionConfig.Builder builder =
          SessionConfig.builder().tunnelLength(hops, hops).tunnelQuantity(tunnels, tunnels);
      for (String option : options) {
        String[] parts = option.split("=", 2);
        if (parts.length < 2) {
          throw new CommandFailure(
              ExitCodes.USAGE, "--option takes KEY=VALUE, such as inbound.quantity=2");
        }
        I2cpOptions.requireValue(parts[0], parts[1]);
        builder.option(parts[0], parts[1]);
      }
      return builder;
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCodes.USAGE, "--option takes KEY=VALUE: " + e.getMessage());
    }
  }

  I2pSession openClient(I2p i2p, Output out) throws I2pException, CommandFailure {
    return open(i2p, config().build(), out);
  }

  static I2pSession open(I2p i2p, SessionConfig config, Output out)
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
