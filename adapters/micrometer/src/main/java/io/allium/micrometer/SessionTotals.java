package io.allium.micrometer;

import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.SessionStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/** Sums over the sessions of one access. What was counted stays counted when its session closes. */
final class SessionTotals {
  private final I2p i2p;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<I2pSession> known = new HashSet<>();
  private long connected;
  private long accepted;
  private long refused;
  private long recovered;

  SessionTotals(I2p i2p) {
    this.i2p = i2p;
  }

  double connected() {
    return total(SessionStatus::connected, () -> connected);
  }

  double accepted() {
    return total(SessionStatus::accepted, () -> accepted);
  }

  double refused() {
    return total(SessionStatus::refused, () -> refused);
  }

  double recovered() {
    return total(SessionStatus::recovered, () -> recovered);
  }

  double openStreams() {
    return total(SessionStatus::openStreams, () -> 0);
  }

  double waiting() {
    return total(SessionStatus::waiting, () -> 0);
  }

  double in(SessionStatus.State state) {
    return total(status -> status.state() == state ? 1 : 0, () -> 0);
  }

  private double total(ToLongFunction<SessionStatus> part, LongSupplier before) {
    lock.lock();
    try {
      List<I2pSession> open = i2p.sessions();
      forgetAllBut(open);
      return before.getAsLong()
          + open.stream().map(I2pSession::status).mapToLong(part).sum();
    } finally {
      lock.unlock();
    }
  }

  private void forgetAllBut(List<I2pSession> open) {
    Set<I2pSession> closed = new HashSet<>(known);
    open.forEach(closed::remove);
    for (I2pSession session : closed) {
      SessionStatus last = session.status();
      connected += last.connected();
      accepted += last.accepted();
      refused += last.refused();
      recovered += last.recovered();
    }
    known.removeAll(closed);
    known.addAll(open);
  }
}
