package io.allium.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.internal.UnderWay.Heard;
import io.allium.spi.support.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnderWayTest {
  private final ManualTime time = new ManualTime();

  @ParameterizedTest
  @CsvSource({
    "false, true, SINCE, 0",
    "false, true, BEFORE, 10",
    "false, true, NEVER, 60",
    "false, false, NEVER, 0",
    "true, true, SINCE, 10",
    "true, true, NEVER, 60",
    "true, false, NEVER, 0"
  })
  void aStreamHasTheTimeThatItsPeerLeavesInDoubt(
      boolean deliveryIsKnown, boolean wrote, Heard heard, int seconds) {
    UnderWay underWay = new UnderWay(time, deliveryIsKnown);
    underWay.closed(wrote, heard);
    assertThat(underWay.left(Grace.DEFAULT)).hasSeconds(seconds);
  }

  @Test
  void theLongestOfAllCounts() {
    UnderWay underWay = new UnderWay(time, false);
    underWay.closed(true, Heard.NEVER);
    time.advance(Duration.ofSeconds(55).toNanos());
    underWay.closed(true, Heard.BEFORE);
    assertThat(underWay.left(Grace.DEFAULT)).hasSeconds(10);
    assertThat(underWay.left(Grace.of(Duration.ofMinutes(1)))).hasSeconds(60);
    time.advance(Duration.ofSeconds(15).toNanos());
    assertThat(underWay.left(Grace.DEFAULT)).isZero();
  }
}
