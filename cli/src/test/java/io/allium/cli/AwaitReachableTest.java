package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.memory.Faults;
import io.allium.memory.MemoryNetwork;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class AwaitReachableTest {
  /** Short beside what anything waits for, so that the clock does not leave the threads behind. */
  private static final Duration STEP = Duration.ofMillis(100);

  /** On a busy machine the command needs that much for what takes no time on the network's clock. */
  private static final long PAUSE_NANOS = 1_000_000;

  private final ByteArrayOutputStream data = new ByteArrayOutputStream();

  /** The probe comes from a second session, which takes as long to open as the first. */
  @Test
  void readyIsSaidOnceTheProbeHasArrived() throws Exception {
    try (MemoryNetwork network = MemoryNetwork.builder()
        .manualClock()
        .faults(Faults.none().withBuildDelay(Duration.ofSeconds(60)))
        .build()) {
      PingPongCommand.Server command = new PingPongCommand.Server();
      command.options.awaitReachable = true;
      Globals globals = new Globals();
      globals.router = network.uri().toString();
      Stop stop = new Stop();
      PrintStream out = new PrintStream(data, true);
      Thread.ofVirtual().start(() -> {
        try {
          command.run(globals, new Output(out, out, false, true), stop);
        } catch (Exception e) {
          out.println("failed " + e);
        }
      });
      advanceUntil(network, () -> said("address "));
      assertThat(stop.isReady()).isFalse();
      int seconds = advanceUntil(network, () -> said("ready"));
      assertThat(seconds).isGreaterThan(30);
      assertThat(stop.isReady()).isTrue();
      stop.finished();
    }
  }

  private boolean said(String text) {
    return data.toString(StandardCharsets.UTF_8).contains(text);
  }

  /** How many seconds of the network's clock passed. */
  private int advanceUntil(MemoryNetwork network, BooleanSupplier condition) {
    int steps = 0;
    while (!condition.getAsBoolean()) {
      assertThat(said("failed")).as(data.toString(StandardCharsets.UTF_8)).isFalse();
      network.advance(STEP);
      steps++;
      long next = System.nanoTime() + PAUSE_NANOS;
      while (System.nanoTime() < next) {
        Thread.yield();
      }
    }
    return (int) STEP.multipliedBy(steps).toSeconds();
  }
}
