package io.allium.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Programs with a small heap, to which peers do more than would ever fit: each in a JVM of its own. */
class FloodTest {
  private static final int LIMIT_SECONDS = 50;

  /** 300 MB of datagrams that nobody receives, and 10,000 streams that nobody accepts. */
  @Test
  void aFloodOfStreamsAndDatagramsLeavesRoom() throws Exception {
    assertThat(run(Flooded.class, "-Xmx16m")).isEqualTo("still here\n");
  }

  private static String run(Class<?> program, String heap)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            heap,
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            System.getProperty("java.class.path"),
            program.getName())
        .redirectErrorStream(true)
        .start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
      return output;
    } finally {
      process.destroyForcibly();
    }
  }
}
