package io.allium.samclient;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The threads of Allium that live now, virtual ones included. */
final class LiveThreads {
  /** One each for the whole JVM, made on first use. */
  private static final Set<String> SHARED = Set.of("allium-timer", "allium-sam-control");

  private static final Pattern NAME = Pattern.compile("^#\\d+ \"(allium-[^\"]*)\"");

  private LiveThreads() {}

  static List<String> now() {
    try {
      Path folder = Files.createTempDirectory("threads");
      Path dump = folder.resolve("dump.txt");
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
      List<String> names = Files.readAllLines(dump).stream()
          .flatMap(line -> NAME.matcher(line).results())
          .map(match -> match.group(1))
          .filter(name -> !SHARED.contains(name))
          .toList();
      Files.delete(dump);
      Files.delete(folder);
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void awaitNone() {
    StubBridge.await("every thread to end", () -> now().isEmpty());
  }
}
