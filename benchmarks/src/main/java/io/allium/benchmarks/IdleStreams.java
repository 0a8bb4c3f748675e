package io.allium.benchmarks;

import io.allium.DestinationKeys;
import io.allium.I2p;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** What many idle streams cost this process; their other ends are in the stub bridge's. */
public final class IdleStreams {
  private static final int WARM_UP = 500;

  private record Memory(long heap, long direct, long resident) {}

  private IdleStreams() {}

  /**
   * Opens the streams and measures.
   *
   * @param args the folder of the C programs, and how many streams
   * @throws Exception if it fails
   */
  public static void main(String... args) throws Exception {
    int count = Integer.parseInt(args[1]);
    try (Stub stub = Stub.start(Path.of(args[0]));
        DestinationKeys keys = DestinationKeys.generate();
        I2p i2p = I2p.connect(stub.uri());
        I2pSession session = i2p.open()) {
      I2pAddress peer = I2pAddress.of(keys.destination(), 1);
      open(session, peer, WARM_UP).forEach(I2pStream::close);
      Memory before = measure();
      List<I2pStream> streams = open(session, peer, count);
      print("idle", count, before, measure());
      AtomicInteger reading = new AtomicInteger();
      streams.forEach(stream -> Thread.ofVirtual().start(() -> read(stream, reading)));
      while (reading.get() < count) {
        Thread.onSpinWait();
      }
      print("idle, a virtual thread reading each", count, before, measure());
      System.out.printf(
          Locale.ROOT,
          "%-36s %d platform threads%n",
          "",
          ManagementFactory.getThreadMXBean().getThreadCount());
      streams.forEach(I2pStream::close);
    }
  }

  private static List<I2pStream> open(I2pSession session, I2pAddress peer, int count)
      throws I2pException {
    List<I2pStream> streams = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      streams.add(session.connect(peer));
    }
    return streams;
  }

  private static void read(I2pStream stream, AtomicInteger reading) {
    try {
      reading.incrementAndGet();
      stream.input().read();
    } catch (IOException e) {
      // the end of the run closes it
      reading.decrementAndGet();
    }
  }

  private static void print(String title, int count, Memory before, Memory now) {
    System.out.printf(
        Locale.ROOT,
        "%-36s %d streams: heap %.2f KB, direct %.2f KB, RSS %.2f KB each%n",
        title,
        count,
        (now.heap - before.heap) / 1024.0 / count,
        (now.direct - before.direct) / 1024.0 / count,
        (now.resident - before.resident) / 1024.0 / count);
  }

  private static Memory measure() throws IOException {
    long heap = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      heap = Math.min(
          heap, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
    return new Memory(heap, direct, resident());
  }

  private static long resident() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      String kilobytes =
          lines.filter(line -> line.startsWith("VmRSS:")).findFirst().orElseThrow();
      return 1024 * Long.parseLong(kilobytes.replaceAll("\\D", ""));
    }
  }
}
