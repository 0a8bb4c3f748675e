package io.allium.spi.support;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock with a place in the order in which a thread may take locks: a thread that holds one takes only those of a
 * later {@link Rank}. With assertions on, as in every test, a wrong order fails at once, whether or not it would have
 * been a deadlock this time; without, it is a {@link ReentrantLock} and nothing more. ARCHITECTURE.md says what each
 * rank guards.
 *
 * <p>Before JDK 24, a virtual thread that waits within a monitor, such as that of {@link java.io.DataOutputStream}, keeps
 * its carrier. When all carriers are kept so, a lock that is free stays free for ever, since the next in the queue has no
 * carrier to take it with. So virtual threads wait in short rounds there (JEP 491).
 */
public final class OrderedLock extends ReentrantLock {
  private static final long serialVersionUID = 1;

  private static final ThreadLocal<ArrayDeque<OrderedLock>> HELD =
      ThreadLocal.withInitial(ArrayDeque::new);

  /** The order: a thread takes a rank before the ranks that are below it in this list. */
  public enum Rank {
    /** What a whole network or process has: the networks in memory, the sessions of a pool, the peers that are served. */
    REGISTRY,
    /** Whether a session is online. */
    SESSION,
    /** Who listens at which port of a session, and which probes are expected. */
    ACCEPTS,
    /** The streams of one port that nobody has accepted yet. */
    ACCEPT_QUEUE,
    /**
     * What a provider reads from a router, on whichever thread comes first. It keeps the order of datagrams, so it is
     * held while the API takes them.
     */
    PROVIDER_INPUT,
    /** The datagram ports of a session. */
    DATAGRAM_TABLE,
    /** The datagrams of one port that nobody has received yet. */
    DATAGRAM_QUEUE,
    /** The listeners of a session. */
    EVENTS,
    /** A provider's session: its connection, its arrivals. */
    PROVIDER_SESSION,
    /** A provider's stream, or one direction of it. */
    PROVIDER_STREAM,
    /** What a provider's session writes or asks, one after the other. */
    PROVIDER_OUTPUT,
    /** Whether one call was aborted. */
    CALL,
    /** Who wants to know of suspensions. */
    SUSPENSIONS,
    /** The timers. */
    TIMERS
  }

  private static final boolean MONITORS_KEEP_CARRIERS = Runtime.version().feature() < 24;

  /** Nobody notices it, and it costs a waiting thread little. */
  private static final long ROUND_MILLIS = 1;

  /** Its place in the order. */
  private final Rank rank;

  /**
   * A free lock.
   *
   * @param rank its place in the order
   */
  public OrderedLock(Rank rank) {
    this.rank = rank;
  }

  @Override
  public void lock() {
    assert mayBeTaken();
    if (waitsInRounds()) {
      lockInRounds();
    } else {
      super.lock();
    }
    assert taken();
  }

  private void lockInRounds() {
    boolean interrupted = false;
    boolean got = super.tryLock();
    while (!got) {
      try {
        got = super.tryLock(ROUND_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean waitsInRounds() {
    return MONITORS_KEEP_CARRIERS && Thread.currentThread().isVirtual();
  }

  @Override
  public void lockInterruptibly() throws InterruptedException {
    assert mayBeTaken();
    if (waitsInRounds()) {
      boolean got = false;
      while (!got) {
        got = super.tryLock(ROUND_MILLIS, TimeUnit.MILLISECONDS);
      }
    } else {
      super.lockInterruptibly();
    }
    assert taken();
  }

  /** Waits for nobody, so that it may come in any order. */
  @Override
  public boolean tryLock() {
    boolean got = super.tryLock();
    assert !got || taken();
    return got;
  }

  @Override
  public boolean tryLock(long timeout, TimeUnit unit) throws InterruptedException {
    assert mayBeTaken();
    boolean got = super.tryLock(timeout, unit);
    assert !got || taken();
    return got;
  }

  @Override
  public void unlock() {
    super.unlock();
    assert HELD.get().removeFirstOccurrence(this);
  }

  private boolean mayBeTaken() {
    if (!isHeldByCurrentThread()) {
      for (OrderedLock held : HELD.get()) {
        if (held.rank.compareTo(rank) >= 0) {
          throw new AssertionError(
              "a lock of " + rank + " is taken by a thread that holds one of " + held.rank);
        }
      }
    }
    return true;
  }

  private boolean taken() {
    HELD.get().push(this);
    return true;
  }
}
