package io.allium.i2cp;

import io.allium.spi.TimeSource;
import java.util.concurrent.TimeUnit;

/** The clock of a router, by what it said last. Until it has said something, it stands at 1970. */
final class RouterClock {
  private record Said(long millis, long atNanos) {}

  private final TimeSource time;
  private volatile Said said;

  RouterClock(TimeSource time) {
    this.time = time;
    said = new Said(0, time.nanos());
  }

  void set(long millis) {
    said = new Said(millis, time.nanos());
  }

  long millis() {
    Said last = said;
    return last.millis + TimeUnit.NANOSECONDS.toMillis(time.nanos() - last.atNanos);
  }
}
