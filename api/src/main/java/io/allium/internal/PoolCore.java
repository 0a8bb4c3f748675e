package io.allium.internal;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Registration;
import io.allium.SessionConfig;
import io.allium.SessionStatus;
import io.allium.spi.TimeSource;
import io.allium.spi.support.End;
import io.allium.spi.support.OrderedLock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The sessions of a pool, by purpose. */
public final class PoolCore {
  /** What is done with a session. */
  @FunctionalInterface
  public interface Use<T> {
    /** Does it. */
    T with(SessionCore session) throws I2pException;
  }

  /** One purpose; everything in it is guarded by the lock. */
  private static final class Member {
    private final String purpose;
    private @Nullable SessionCore session;
    private boolean opening;
    private int users;
    private long idleSince;

    Member(String purpose) {
      this.purpose = purpose;
    }
  }

  private final RouterCore router;
  private final SessionConfig config;
  private final long idleNanos;
  private final int max;
  private final ReentrantLock lock = new OrderedLock(OrderedLock.Rank.REGISTRY);
  private final Condition changed = lock.newCondition();
  private final Map<String, Member> members = new HashMap<>();
  private final End end = new End();
  private Registration look = () -> {};

  /** A pool without sessions. */
  public PoolCore(RouterCore router, SessionConfig config, Duration idle, int max) {
    this.router = router;
    this.config = config;
    idleNanos = idle.toNanos();
    this.max = max;
  }

  /** Does something with the session of a purpose, which is not idle meanwhile. */
  public <T> T use(String purpose, Use<T> use) throws I2pException {
    Member member = enter(purpose);
    try {
      return use.with(session(member));
    } finally {
      leave(member);
    }
  }

  /** How many purposes have one, or are getting one. */
  public int size() {
    lock.lock();
    try {
      return members.size();
    } finally {
      lock.unlock();
    }
  }

  /** Closes them all. */
  public void close() {
    List<Member> all;
    lock.lock();
    try {
      end.set(new I2pException(ErrorKind.CLOSED, "the pool is closed"));
      look.close();
      all = List.copyOf(members.values());
      members.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    close(all);
  }

  private Member enter(String purpose) throws I2pException {
    @Nullable Member evicted = null;
    lock.lock();
    try {
      end.check("connect");
      Member known = members.get(purpose);
      if (known != null) {
        known.users++;
        return known;
      }
      if (members.size() >= max) {
        evicted = idlest();
        members.remove(evicted.purpose);
      }
      Member fresh = new Member(purpose);
      fresh.users++;
      members.put(purpose, fresh);
      return fresh;
    } finally {
      lock.unlock();
      if (evicted != null) {
        List<Member> old = List.of(evicted);
        Thread.ofVirtual().name("allium-pool").start(() -> close(old));
      }
    }
  }

  /** Who has been idle longest makes room. */
  private Member idlest() throws I2pException {
    return members.values().stream()
        .filter(PoolCore::isIdle)
        .min((left, right) -> Long.signum(left.idleSince - right.idleSince))
        .orElseThrow(() -> new I2pException(
            ErrorKind.UNSUPPORTED,
            "all " + max + " sessions of the pool are in use: close streams, or allow more"));
  }

  /** Whoever comes first opens it; the others wait, and try themselves if that failed. */
  private SessionCore session(Member member) throws I2pException {
    lock.lock();
    try {
      while (true) {
        end.check("connect");
        SessionCore session = member.session;
        if (session != null && isAlive(session)) {
          return session;
        }
        if (!member.opening) {
          member.opening = true;
          break;
        }
        changed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Calls.interrupted("connect");
    } finally {
      lock.unlock();
    }
    return open(member);
  }

  private SessionCore open(Member member) throws I2pException {
    @Nullable SessionCore opened = null;
    try {
      opened = router.open(config);
    } finally {
      lock.lock();
      try {
        member.opening = false;
        member.session = opened;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
    if (end.isSet()) {
      opened.close(Grace.NONE);
      end.check("connect");
    }
    return opened;
  }

  private void leave(Member member) {
    lock.lock();
    try {
      member.users--;
      member.idleSince = time().nanos();
      if (member.users == 0 && member.session == null) {
        members.remove(member.purpose, member);
      }
      if (!end.isSet()) {
        look.close();
        look = time().schedule(idleNanos, this::closeIdleLater);
      }
    } finally {
      lock.unlock();
    }
  }

  /** For timers, which wait for nothing. */
  private void closeIdleLater() {
    Thread.ofVirtual().name("allium-pool").start(this::closeIdle);
  }

  private void closeIdle() {
    List<Member> idle;
    lock.lock();
    try {
      if (end.isSet()) {
        return;
      }
      long now = time().nanos();
      members.values().stream()
          .filter(member -> !isIdle(member))
          .forEach(member -> member.idleSince = now);
      idle = members.values().stream()
          .filter(member -> isIdle(member) && now - member.idleSince >= idleNanos)
          .toList();
      idle.forEach(member -> members.remove(member.purpose));
      look = members.isEmpty() ? () -> {} : time().schedule(idleNanos, this::closeIdleLater);
    } finally {
      lock.unlock();
    }
    close(idle);
  }

  private static boolean isIdle(Member member) {
    SessionCore session = member.session;
    return member.users == 0 && session != null && session.status().openStreams() == 0;
  }

  /** While it recovers it is. */
  private static boolean isAlive(SessionCore session) {
    SessionStatus.State state = session.status().state();
    return state == SessionStatus.State.ONLINE || state == SessionStatus.State.RECOVERING;
  }

  private static void close(List<Member> members) {
    SessionCore.closeAll(
        members.stream().map(member -> member.session).filter(Objects::nonNull).toList(),
        Grace.DEFAULT);
  }

  private TimeSource time() {
    return router.driver().time();
  }
}
