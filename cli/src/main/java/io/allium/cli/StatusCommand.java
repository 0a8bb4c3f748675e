package io.allium.cli;

import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.RouterStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code allium status}: what router, and what it can do. */
@Command(name = "status", description = "Tells which router answers and what it can do.")
final class StatusCommand extends AlliumCommand {
  @Option(
      names = "--watch",
      description = "goes on, and tells when the router goes away and when it is back")
  boolean watch;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      description = "how often --watch looks, 1-3600; default 2")
  int seconds = 2;

  @Override
  int run(Globals globals, Output out, Stop stop) throws Exception {
    if (seconds < 1 || seconds > 3600) {
      throw new CommandFailure(ExitCodes.USAGE, "--every takes 1-3600 seconds");
    }
    try (I2p i2p = stop.closeAtEnd(globals.connect(out))) {
      tell(i2p, i2p.status(), out);
      if (!watch) {
        return ExitCodes.OK;
      }
      stop.ready();
      out.ready();
      return watch(i2p, out);
    }
  }

  private int watch(I2p i2p, Output out) throws I2pException, InterruptedException {
    boolean up = true;
    while (true) {
      Thread.sleep(Duration.ofSeconds(seconds));
      String answer = answer(i2p);
      if (answer.isEmpty() != up) {
        up = answer.isEmpty();
        Map<String, Object> news = new LinkedHashMap<>();
        news.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        news.put("router", up ? "up" : "down " + answer);
        out.record(news);
      }
    }
  }

  /** Nothing when the router is well, else what is wrong. */
  private static String answer(I2p i2p) throws I2pException {
    try {
      i2p.status();
      return "";
    } catch (I2pException e) {
      if (e.kind() == ErrorKind.CLOSED) {
        throw e;
      }
      return e.kind().name().toLowerCase(Locale.ROOT);
    }
  }

  private static void tell(I2p i2p, RouterStatus status, Output out) {
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
  }
}
