package io.allium.cli.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A disk that says nothing, for as long as a test wants. */
class FileThreadsTest {
  private static final int LIMIT_SECONDS = 30;

  private final FileThreads impatient = new FileThreads(Duration.ofMillis(50));
  private final CountDownLatch back = new CountDownLatch(1);

  @AfterEach
  void diskIsBack() {
    back.countDown();
  }

  private String dead() throws InterruptedException {
    back.await();
    return "late";
  }

  @Test
  void aDeadPartHarmsNoOther() throws Exception {
    List<FutureTask<Boolean>> visitors = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      FutureTask<Boolean> visitor = new FutureTask<>(() -> {
        assertThatThrownBy(() -> impatient.call("dead", this::dead))
            .isInstanceOf(FileThreads.Unanswered.class);
        return true;
      });
      Thread.ofVirtual().start(visitor);
      visitors.add(visitor);
    }
    for (FutureTask<Boolean> visitor : visitors) {
      assertThat(visitor.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(untilAnswered("alive")).isEqualTo("here");
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().startsWith("allium-files-")
            && thread.getState() == Thread.State.WAITING
            && List.of(thread.getStackTrace()).toString().contains("dead"))
        .hasSizeLessThanOrEqualTo(16);
  }

  @Test
  void aPartThatIsBackAnswersAgain() throws Exception {
    assertThatThrownBy(() -> impatient.call("disk", this::dead))
        .isInstanceOf(FileThreads.Unanswered.class);
    assertThatThrownBy(() -> impatient.call("disk", this::dead))
        .isInstanceOf(FileThreads.Unanswered.class);
    assertThatThrownBy(() -> impatient.call("disk", () -> "at once"))
        .as("nobody else waits")
        .isInstanceOf(FileThreads.Unanswered.class);
    back.countDown();
    assertThat(untilAnswered("disk")).isEqualTo("here");
  }

  private String untilAnswered(String part) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (true) {
      try {
        return impatient.call(part, () -> "here");
      } catch (FileThreads.Unanswered e) {
        assertThat(System.nanoTime()).as("waited for the disk").isLessThan(end);
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void whatComesTooLateIsClosed() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    Closeable file = closed::countDown;
    assertThatThrownBy(() -> impatient.call("disk", () -> {
          back.await();
          return file;
        }))
        .isInstanceOf(FileThreads.Unanswered.class);
    back.countDown();
    assertThat(closed.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aFailureIsTold() {
    FileThreads patient = new FileThreads(Duration.ofSeconds(LIMIT_SECONDS));
    assertThatThrownBy(() -> patient.call("disk", () -> {
          throw new FileNotFoundException("gone");
        }))
        .isInstanceOf(FileNotFoundException.class);
  }
}
