package io.allium.cli;

import io.allium.Capability;
import io.allium.I2p;
import io.allium.RouterStatus;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code allium status}: what router, and what it can do. */
@Command(name = "status", description = "Tells which router answers and what it can do.")
final class StatusCommand extends AlliumCommand {
  @Override
  int run(Globals globals, Output out, Stop stop) throws Exception {
    try (I2p i2p = stop.closeAtEnd(globals.connect(out))) {
      RouterStatus status = i2p.status();
      out.fact("router", status.router());
      out.fact("version", status.version());
      new TreeMap<>(status.details()).forEach(out::fact);
      out.fact(
          "capabilities",
          new TreeSet<>(i2p.capabilities())
              .stream()
                  .map(Capability::name)
                  .map(name -> name.toLowerCase(Locale.ROOT))
                  .collect(Collectors.joining(",")));
      return ExitCodes.OK;
    }
  }
}
