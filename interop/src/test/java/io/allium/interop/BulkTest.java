package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Much more than a program's memory passes through it: nothing between a writer and a slow reader collects bytes. */
class BulkTest {
  @Test
  void aGibibytePassesThroughAProgramWithSixtyFourMebibytes() throws Exception {
    try (Program program =
        Program.java(List.of("-Xmx64m", "-XX:MaxDirectMemorySize=16m"), Bulk.class)) {
      Program.Ended ended = program.end();
      assertThat(ended.errors()).isEmpty();
      assertThat(ended.lines()).containsExactly((1L << 30) + " intact");
      assertThat(ended.code()).isZero();
    }
  }
}
