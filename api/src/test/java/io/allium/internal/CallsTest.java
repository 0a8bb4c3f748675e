package io.allium.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Registration;
import io.allium.spi.Call;
import io.allium.spi.TimeSource;
import io.allium.spi.support.End;
import io.allium.spi.support.OngoingCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Deadlines, interruption and failures of a driver's calls, without a driver. */
class CallsTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final List<Runnable> timers = new ArrayList<>();
  private final List<String> discarded = new ArrayList<>();
  private int cancelled;

  private final TimeSource time = new TimeSource() {
    @Override
    public long nanos() {
      return 0;
    }

    @Override
    public Registration schedule(long delayNanos, Runnable task) {
      assertThat(delayNanos).isEqualTo(LIMIT.toNanos());
      timers.add(task);
      return () -> cancelled++;
    }
  };

  @Test
  void aResultInTimeIsTheCallersAndNeverDiscarded() throws I2pException {
    AtomicReference<Call> used = new AtomicReference<>();
    assertThat(run(call -> {
          used.set(call);
          call.onAbort(() -> discarded.add("aborted"));
          return "result";
        }))
        .isEqualTo("result");
    timers.getFirst().run();
    assertThat(discarded).isEmpty();
    assertThat(cancelled).isEqualTo(1);
    assertThat(used.get().aborted()).isFalse();
  }

  @Test
  void aResultThatComesLateIsDiscardedExactlyOnce() {
    I2pException failure = failure(call -> {
      timers.getFirst().run();
      timers.getFirst().run();
      return "late";
    });
    assertThat(failure.kind()).isEqualTo(ErrorKind.TIMEOUT);
    assertThat(failure).hasMessageContainingAll("work", "5 s");
    assertThat(discarded).containsExactly("late");
  }

  @Test
  void aCallThatItsDeadlineEndedIsATimeoutWhateverTheDriverSays() {
    assertThat(failure(call -> {
              timers.getFirst().run();
              throw new I2pException(ErrorKind.CLOSED, "abandoned");
            })
            .kind())
        .isEqualTo(ErrorKind.TIMEOUT);
  }

  @Test
  void anAbortRegisteredAfterTheDeadlineRunsAtOnce() {
    failure(call -> {
      timers.getFirst().run();
      call.onAbort(() -> discarded.add("aborted"));
      throw new I2pException(ErrorKind.CLOSED, "abandoned");
    });
    assertThat(discarded).containsExactly("aborted");
  }

  @Test
  void aFailureKeepsItsKindAndCleansUp() {
    I2pException failure = failure(call -> {
      call.onAbort(() -> discarded.add("aborted"));
      throw new I2pException(ErrorKind.ROUTER_REFUSED, "no");
    });
    assertThat(failure.kind()).isEqualTo(ErrorKind.ROUTER_REFUSED);
    assertThat(failure).hasMessage("work: no").hasRootCauseMessage("no");
    assertThat(discarded).containsExactly("aborted");
    assertThat(cancelled).isEqualTo(1);
  }

  @Test
  void aDriversBugCleansUpToo() {
    assertThatThrownBy(() -> run(call -> {
          call.onAbort(() -> discarded.add("aborted"));
          throw new IllegalStateException("bug");
        }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(discarded).containsExactly("aborted");
    assertThat(cancelled).isEqualTo(1);
  }

  @Test
  void anInterruptKeepsTheFlag() {
    assertThat(failure(call -> {
              throw new InterruptedException();
            })
            .kind())
        .isEqualTo(ErrorKind.INTERRUPTED);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void anInterruptedThreadStartsNothing() {
    Thread.currentThread().interrupt();
    assertThat(failure(call -> "never").kind()).isEqualTo(ErrorKind.INTERRUPTED);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(timers).isEmpty();
  }

  /** As many as there are carriers; a thread more has none left unless one of them gives way. */
  @Test
  void threadsThatTryAgainAlthoughInterruptedLeaveTheirCarriersToOthers() throws Exception {
    int carriers = Runtime.getRuntime().availableProcessors();
    AtomicBoolean over = new AtomicBoolean();
    CountDownLatch trying = new CountDownLatch(carriers);
    try {
      for (int i = 0; i < carriers; i++) {
        Thread.ofVirtual().name("trying again").start(() -> {
          Thread.currentThread().interrupt();
          trying.countDown();
          while (!over.get()) {
            assertThat(catchThrowable(() -> Calls.refuseInterrupted("accept"))).isNotNull();
          }
        });
      }
      trying.await();
      Thread other = Thread.ofVirtual().name("another").start(() -> over.set(true));
      assertThat(other.join(Duration.ofSeconds(60))).isTrue();
    } finally {
      over.set(true);
    }
  }

  @Test
  void theEndOfTheOwnerEndsItsCallsForItsReason() {
    End ended = new End();
    Calls calls = new Calls(time, ended);
    I2pException during = catchThrowableOfType(
        I2pException.class,
        () -> calls.run(
            LIMIT,
            "work",
            call -> {
              ended.set(new I2pException(ErrorKind.SESSION_LOST, "gone"));
              calls.abort();
              assertThat(call.aborted()).isTrue();
              return "late";
            },
            discarded::add));
    assertThat(during.kind()).isEqualTo(ErrorKind.SESSION_LOST);
    assertThat(discarded).containsExactly("late");
    I2pException after = catchThrowableOfType(
        I2pException.class, () -> calls.run(LIMIT, "work", call -> "never", discarded::add));
    assertThat(after.kind()).isEqualTo(ErrorKind.SESSION_LOST);
    assertThat(after).hasMessage("work: gone");
    assertThat(timers).hasSize(1);
  }

  private String run(OngoingCalls.Body<String> body) throws I2pException {
    return Calls.run(time, LIMIT, "work", body, discarded::add);
  }

  private I2pException failure(OngoingCalls.Body<String> body) {
    return catchThrowableOfType(I2pException.class, () -> run(body));
  }
}
