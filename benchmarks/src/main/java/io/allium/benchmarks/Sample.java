package io.allium.benchmarks;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What a program is doing and holding at one moment. */
record Sample(
    long seconds,
    long rounds,
    long brokenStreams,
    long datagrams,
    long answered,
    long recovered,
    long threads,
    long descriptors,
    long heapKilobytes) {
  static final String HEAD =
      "seconds,rounds,broken streams,datagrams,answered,recovered,threads,descriptors,heap KB";

  static Sample take(
      long seconds, long rounds, long broken, long datagrams, long answered, long recovered) {
    System.gc();
    var os = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class);
    return new Sample(
        seconds,
        rounds,
        broken,
        datagrams,
        answered,
        recovered,
        ManagementFactory.getThreadMXBean().getThreadCount(),
        os.getOpenFileDescriptorCount(),
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 10);
  }

  @Override
  public String toString() {
    return seconds + "," + rounds + "," + brokenStreams + "," + datagrams + "," + answered + ","
        + recovered + "," + threads + "," + descriptors + "," + heapKilobytes;
  }
}
