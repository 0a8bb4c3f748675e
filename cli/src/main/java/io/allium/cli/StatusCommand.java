package io.allium.cli;

import io.allium.I2p;
import io.allium.RouterStatus;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine.Command;

/** {@code allium status}: what router, and what it can do. */
@Command(name = "status", description = "Tells which router answers and what it can do.")
final class StatusCommand extends AlliumCommand {
  @Override
  int run(Globals globals, Output out, Stop stop) throws Exception {
    try (I2p i2p = stop.closeAtEnd(globals.connect(out))) {
      RouterStatus status = i2p.status();
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("router", status.router());
      facts.put("version", status.version());
      facts.putAll(new TreeMap<>(status.details()));
      facts.put(
          "capabilities",
          new TreeSet<>(i2p.capabilities())
              .stream()
                  .map(capability -> capability.name().toLowerCase(Locale.ROOT))
                  .toList());
      out.record(facts);
      return ExitCodes.OK;
    }
  }
}
