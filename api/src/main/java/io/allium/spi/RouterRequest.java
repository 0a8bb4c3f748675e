package io.allium.spi;

import io.allium.Phase;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What a router's driver gets from its environment.
 *
 * @param time its clock, unless the provider has one of its own
 * @param random for pauses and identifiers that nobody else should guess; safe for use by several threads
 * @param threads makes virtual threads; the driver names them
 * @param progress told how far a start or stop is; returns at once
 */
public record RouterRequest(
    TimeSource time, RandomGenerator random, ThreadFactory threads, Consumer<Phase> progress) {
  /** Refuses null components. */
  public RouterRequest {
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(random, "random");
    Objects.requireNonNull(threads, "threads");
    Objects.requireNonNull(progress, "progress");
  }

  /**
   * Starts a thread.
   *
   * @param name for people who look at a thread dump
   * @param task what it does
   */
  public void start(String name, Runnable task) {
    Thread thread = threads.newThread(task);
    thread.setName(name);
    thread.start();
  }
}
