package io.allium.cli;

import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.RouterStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code allium status}: what router, and what it can do. */
@Command(name = "status", description = "Says which router answers and what it can do.")
final class StatusCommand extends AlliumCommand {
  @Option(
      names = "--watch",
      description =
          "keep running, and say when the router comes, goes away and is back; no router need be there at the start")
  boolean watch;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      converter = Whole.Every.class,
      description = "how often --watch asks, 1-3600; default 2")
  int seconds = 2;

  @Override
  int run(Globals globals, Output out, Stop stop) throws Exception {
    if (watch) {
      return watch(globals, out, stop);
    }
    try (I2p i2p = stop.closeAtEnd(globals.connect(out))) {
      tell(i2p, i2p.status(), out);
    }
    return ExitCodes.OK;
  }

  /** Also for a router that has yet to come. */
  private int watch(Globals globals, Output out, Stop stop) throws Exception {
    @Nullable I2p i2p = null;
    boolean known = false;
    boolean up = true;
    while (true) {
      @Nullable RouterStatus status = null;
      String trouble = "";
      try {
        i2p = i2p == null ? stop.closeAtEnd(globals.connect(out)) : i2p;
        status = i2p.status();
      } catch (I2pException e) {
        trouble = trouble(e, i2p == null);
      }
      if (up != trouble.isEmpty()) {
        up = trouble.isEmpty();
        tellNews(trouble, out);
      }
      if (!known && i2p != null && status != null) {
        known = true;
        tell(i2p, status, out);
      }
      if (!stop.isReady()) {
        stop.ready();
        out.ready();
      }
      Thread.sleep(Duration.ofSeconds(seconds));
    }
  }

  private static void tellNews(String trouble, Output out) {
    Map<String, Object> news = new LinkedHashMap<>();
    news.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    news.put("router", trouble.isEmpty() ? "up" : "down " + trouble);
    out.record(news);
  }

  /** What is wrong with a router that may yet come, or come back; what only the user can mend ends the watch. */
  private static String trouble(I2pException e, boolean neverSeen) throws I2pException {
    boolean ours = e.kind().place() == ErrorKind.Place.US;
    if (ours || neverSeen && !e.kind().retryable()) {
      throw e;
    }
    return Failure.small(e.kind());
  }

  private static void tell(I2p i2p, RouterStatus status, Output out) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("router", status.router());
    facts.put("version", status.version());
    facts.putAll(new TreeMap<>(status.details()));
    facts.put(
        "capabilities",
        new TreeSet<>(i2p.capabilities()).stream().map(Failure::small).toList());
    out.record(facts);
  }
}
