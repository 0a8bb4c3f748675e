package io.allium.spi.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.spi.support.OrderedLock.Rank;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

@SuppressWarnings("LockNotBeforeTry") // the order of single steps is what is tested
class OrderedLockTest {
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
}
