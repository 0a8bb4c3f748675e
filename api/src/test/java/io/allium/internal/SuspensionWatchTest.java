package io.allium.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.Registration;
import io.allium.spi.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SuspensionWatchTest {
  private static final Duration HOUR = Duration.ofHours(1);

  /** A clock of each kind; timers run in order, whenever the test says. */
  private static final class TwoClocks implements TimeSource {
    private final Queue<Runnable> timers = new ArrayDeque<>();
    private long nanos = Long.MAX_VALUE - 7;
    private long wallMillis = 1_700_000_000_000L;

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public Registration schedule(long delayNanos, Runnable task) {
      timers.add(task);
      return () -> timers.remove(task);
    }

    /** Runs what waits now, after so much time of each clock. */
    void pass(Duration monotonic, Duration wall) {
      nanos += monotonic.toNanos();
      wallMillis += wall.toMillis();
      for (int i = timers.size(); i > 0; i--) {
        timers.remove().run();
      }
    }

    void pass(Duration both) {
      pass(both, both);
    }

    /** Runs what was told that the machine woke. */
    void runTold() {
      while (timers.size() > 1) {
        Runnable look = timers.remove();
        timers.remove().run();
        timers.add(look);
      }
    }
  }

  private final TwoClocks clocks = new TwoClocks();
  private final AtomicInteger told = new AtomicInteger();
  private final SuspensionWatch wakes = new SuspensionWatch(clocks, () -> clocks.wallMillis);
  private final Registration listening = wakes.add(told::incrementAndGet);

  private int told() {
    clocks.runTold();
    return told.get();
  }

  @Test
  void timeThatPassesAsItShouldIsNoSuspension() {
    for (int i = 0; i < 100; i++) {
      clocks.pass(SuspensionWatch.LOOK);
      clocks.pass(SuspensionWatch.LOOK.plus(SuspensionWatch.JUMP));
    }
    assertThat(told()).isZero();
  }

  @Test
  void aClockThatStoodStillWhileTheOtherWentOnIsOne() {
    clocks.pass(SuspensionWatch.LOOK, HOUR);
    assertThat(told()).isEqualTo(1);
    clocks.pass(SuspensionWatch.LOOK);
    assertThat(told()).isEqualTo(1);
    clocks.pass(
        SuspensionWatch.LOOK, SuspensionWatch.LOOK.plus(SuspensionWatch.JUMP).plusMillis(1));
    assertThat(told()).isEqualTo(2);
  }

  @Test
  void aTimerThatRunsMuchTooLateIsOne() {
    clocks.pass(HOUR);
    assertThat(told()).isEqualTo(1);
    clocks.pass(HOUR, Duration.ZERO);
    assertThat(told()).isEqualTo(2);
  }

  @Test
  void aClockThatIsSetBackIsNone() {
    clocks.pass(SuspensionWatch.LOOK, HOUR.negated());
    clocks.pass(SuspensionWatch.LOOK);
    assertThat(told()).isZero();
    clocks.pass(SuspensionWatch.LOOK, HOUR);
    assertThat(told()).as("from there on it is seen as before").isEqualTo(1);
  }

  @Test
  void whoCancelledIsNotToldAndNobodyLooks() {
    listening.close();
    clocks.pass(SuspensionWatch.LOOK, HOUR);
    assertThat(clocks.timers).isEmpty();
    assertThat(told.get()).isZero();
  }

  @Test
  void whatPassedWhileNobodyListenedIsNoMatter() {
    listening.close();
    clocks.pass(SuspensionWatch.LOOK);
    clocks.pass(HOUR);
    Registration unused = wakes.add(told::incrementAndGet);
    clocks.pass(SuspensionWatch.LOOK);
    assertThat(told()).isZero();
    clocks.pass(SuspensionWatch.LOOK, HOUR);
    assertThat(told()).isEqualTo(1);
  }

  @Test
  void everyListenerIsToldAlsoIfOneFails() {
    Registration unused = wakes.add(told::incrementAndGet);
    clocks.pass(SuspensionWatch.LOOK, HOUR);
    assertThat(told()).isEqualTo(2);
  }

  @Test
  void theSystemsClockLooksToo() {
    Registration timer = SystemTime.INSTANCE.onWake(told::incrementAndGet);
    timer.close();
    assertThat(told.get()).isZero();
  }
}
