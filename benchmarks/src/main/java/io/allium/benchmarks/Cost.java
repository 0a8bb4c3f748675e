package io.allium.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * What one run took.
 *
 * @param seconds on the wall
 * @param cpu seconds of the client's process
 */
record Cost(double seconds, double cpu) {
  /** What is measured. */
  interface Work {
    void run() throws Exception;
  }

  static Cost of(Work work) throws Exception {
    long cpu = cpuNanos();
    long start = System.nanoTime();
    work.run();
    return new Cost((System.nanoTime() - start) / 1e9, (cpuNanos() - cpu) / 1e9);
  }

  static Cost on(Thread.Builder threads, Work work) throws IOException, InterruptedException {
    FutureTask<Cost> task = new FutureTask<>(() -> of(work));
    threads.start(task);
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
