package io.allium.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.spi.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The one thread of all timers outlives who came first, such as a program in a JVM of Maven's. */
class SystemTimeTest {
  private final Logger logger = Logger.getLogger(TimeSource.class.getName());
  private final List<String> logged = new ArrayList<>();
  private final Handler handler = new Handler() {
    @Override
    public void publish(LogRecord entry) {
      logged.add(entry.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  };

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(handler);
  }

  private static Thread timerThread() {
    SystemTime.INSTANCE.schedule(0, () -> {}); // from now on there is one
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("allium-timer"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void itBelongsToNobody() {
    assertThat(timerThread().getThreadGroup().getParent()).isNull();
    assertThat(timerThread().getContextClassLoader()).isNull();
  }

  @Test
  void anInterruptEndsNoTimerAndIsNoFailure() throws InterruptedException {
    timerThread().interrupt();
    CountDownLatch due = new CountDownLatch(2);
    SystemTime.INSTANCE.schedule(0, due::countDown);
    SystemTime.INSTANCE.schedule(1_000_000, due::countDown);
    due.await();
    assertThat(logged).isEmpty();
  }

  @Test
  void anErrorEndsNoTimer() throws InterruptedException {
    logger.setUseParentHandlers(false);
    try {
      SystemTime.INSTANCE.schedule(0, () -> {
        throw new AssertionError("planted");
      });
      CountDownLatch due = new CountDownLatch(1);
      SystemTime.INSTANCE.schedule(0, due::countDown);
      assertThat(due.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(logged).containsExactly("a timer failed");
    } finally {
      logger.setUseParentHandlers(true);
    }
  }
}
