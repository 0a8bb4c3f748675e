package io.allium.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What this process holds at one moment.
 *
 * @param descriptors open files and sockets
 * @param platform live platform threads
 * @param virtual live virtual threads of ours
 */
public record Footprint(long descriptors, long platform, long virtual) {
  /** How often a test does what might leave something behind. */
  public static final int TIMES = 10;

  /** What the JVM opens for itself when something happens first; less than one a time. */
  private static final long OF_THE_JVM = TIMES / 2;

  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** What is held now. */
  public static Footprint take() throws IOException {
    return new Footprint(
        ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
            .getOpenFileDescriptorCount(),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        virtualThreads());
  }

  private static long virtualThreads() throws IOException {
    Path folder = Files.createTempDirectory("threads");
    Path dump = folder.resolve("threads.json");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
    try (Stream<String> lines = Files.lines(dump)) {
      return lines.filter(line -> line.contains("\"allium-")).count();
    } finally {
      Files.delete(dump);
      Files.delete(folder);
    }
  }

  /** Waits until the process holds what it held before, after something was done {@link #TIMES} times. */
  public void awaitReturn() throws IOException {
    long end = System.nanoTime() + LIMIT_NANOS;
    Footprint now = take();
    while (now.isMoreThan(this) && System.nanoTime() < end) {
      now = take();
    }
    assertThat(now.isMoreThan(this)).as("%s before, %s after", this, now).isFalse();
  }

  private boolean isMoreThan(Footprint before) {
    return descriptors > before.descriptors + OF_THE_JVM
        || platform > before.platform + OF_THE_JVM
        || virtual > before.virtual + OF_THE_JVM;
  }
}
