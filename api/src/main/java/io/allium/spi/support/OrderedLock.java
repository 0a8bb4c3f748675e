package io.allium.spi.support;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock with a place in the order in which a thread may take locks: a thread that holds one takes only those of a
 * later {@link Rank}. With assertions on, as in every test, a wrong order fails at once, whether or not it would have
 * been a deadlock this time; without, it is a {@link ReentrantLock} and nothing more. ARCHITECTURE.md says what each
 * rank guards.
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
    super.lock();
    assert taken();
  }

  @Override
  public void lockInterruptibly() throws InterruptedException {
    assert mayBeTaken();
    super.lockInterruptibly();
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
