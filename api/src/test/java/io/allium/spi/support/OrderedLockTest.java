package io.allium.spi.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.spi.support.OrderedLock.Rank;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

@SuppressWarnings("LockNotBeforeTry") // the order of single steps is what is tested
class OrderedLockTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final ReentrantLock session = new OrderedLock(Rank.SESSION);
  private final ReentrantLock call = new OrderedLock(Rank.CALL);

  @Test
  void twoLocksAreTakenInTheirOrder() {
    session.lock();
    call.lock();
    session.unlock();
    call.unlock();
    call.lock();
    call.unlock();
    session.lock();
    session.unlock();
  }

  @Test
  void theWrongOrderFailsThoughNobodyElseHoldsOne() {
    call.lock();
    try {
      assertThatThrownBy(session::lock)
          .isInstanceOf(AssertionError.class)
          .hasMessageContainingAll("SESSION", "CALL");
      assertThatThrownBy(session::lockInterruptibly).isInstanceOf(AssertionError.class);
    } finally {
      call.unlock();
    }
    assertThat(session.isLocked()).isFalse();
  }

  @Test
  void twoOfOneRankAreNeverHeldTogether() {
    ReentrantLock another = new OrderedLock(Rank.CALL);
    call.lock();
    try {
      assertThatThrownBy(another::lock).isInstanceOf(AssertionError.class);
    } finally {
      call.unlock();
    }
  }

  @Test
  void aLockIsTakenAgainByWhoHoldsIt() {
    session.lock();
    call.lock();
    session.lock();
    session.unlock();
    call.unlock();
    session.unlock();
    assertThat(session.isLocked()).isFalse();
  }

  @Test
  void whatWaitsForNobodyMayComeInAnyOrder() {
    call.lock();
    assertThat(session.tryLock()).isTrue();
    session.unlock();
    call.unlock();
  }

  /** Before JDK 24, this hung: the next in the queue had no carrier, and the carriers waited for it. */
  @Test
  void aFreeLockIsTakenAlthoughItsNextOwnerHasNoCarrier() throws Exception {
    session.lock();
    Thread next = Thread.ofVirtual().start(this::takeAndRelease);
    awaitParked(next);
    List<Thread> onCarriers = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      onCarriers.add(Thread.ofVirtual().start(() -> {
        synchronized (new Object()) {
          takeAndRelease();
        }
      }));
    }
    onCarriers.forEach(OrderedLockTest::awaitParked);
    session.unlock();
    for (Thread each : onCarriers) {
      assertThat(each.join(LIMIT)).isTrue();
    }
    assertThat(next.join(LIMIT)).isTrue();
  }

  private void takeAndRelease() {
    session.lock();
    session.unlock();
  }

  private static void awaitParked(Thread thread) {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      assertThat(Thread.currentThread().isInterrupted()).as("waited too long").isFalse();
      Thread.onSpinWait();
    }
  }

  @Test
  void anInterruptIsKeptWhileALockIsWaitedFor() throws Exception {
    session.lock();
    AtomicBoolean kept = new AtomicBoolean();
    Thread waits = Thread.ofVirtual().start(() -> {
      takeAndRelease();
      kept.set(Thread.currentThread().isInterrupted());
    });
    awaitParked(waits);
    waits.interrupt();
    session.unlock();
    assertThat(waits.join(LIMIT)).isTrue();
    assertThat(kept).isTrue();
  }
}
