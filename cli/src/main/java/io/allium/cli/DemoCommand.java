package io.allium.cli;

import io.allium.I2p;
import io.allium.SessionConfig;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code allium demo}: the main job, self-contained. */
@Command(
    name = "demo",
    description =
        "Two destinations talk: PING, PONG, then an HTTP GET; without --router, in memory.")
final class DemoCommand extends AlliumCommand {
  @Option(names = "--memory", description = "in memory even if a router is given")
  boolean memory;

  @Mixin
  SessionOptions session = new SessionOptions();

  @Override
  int run(Globals globals, Output out, Stop stop) throws Exception {
    long start = System.nanoTime();
    SessionConfig config = session.config().build();
    boolean simulated = memory || globals.router == null;
    if (simulated) {
      out.line(
          "simulated network in this process: no router, no anonymity", "network", "simulated");
    }
    try (I2p i2p = stop.closeAtEnd(simulated ? I2p.connect("memory:demo") : globals.connect(out))) {
      if (!simulated) {
        out.fact("router", i2p.uri().toString());
      }
      Demo.run(i2p, config, out);
    }
    String seconds = String.format(Locale.ROOT, "%.1f", (System.nanoTime() - start) / 1e9);
    out.line("demo ok in " + seconds + " s", "demo", "ok", "seconds", Double.valueOf(seconds));
    return ExitCodes.OK;
  }
}
