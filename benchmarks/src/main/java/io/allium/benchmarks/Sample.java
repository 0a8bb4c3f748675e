package io.allium.benchmarks;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a program holds at one moment.
 *
 * @param threads of the platform
 * @param descriptors that are open
 * @param heapKilobytes after a collection
 */
record Sample(long threads, long descriptors, long heapKilobytes) {
  static final String HEAD = "threads,descriptors,heap KB";

  static Sample take() {
    System.gc();
    var os = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class);
    return new Sample(
        ManagementFactory.getThreadMXBean().getThreadCount(),
        os.getOpenFileDescriptorCount(),
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 10);
  }

  @Override
  public String toString() {
    return threads + "," + descriptors + "," + heapKilobytes;
  }
}
