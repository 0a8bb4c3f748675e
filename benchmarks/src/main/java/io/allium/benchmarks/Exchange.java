package io.allium.benchmarks;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counted payloads between two clients: at most 64 are under way, and every 16th is answered, by how many have come. A second
 * of silence means that those under way are lost. Every payload is checked.
 */
final class Exchange {
  private static final int BATCH = 16;
  private static final int WINDOW = 64;

  private final I2cpClient client;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition answered = lock.newCondition();
  private long confirmed;
  private final AtomicLong arrived = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong();

  Exchange(I2cpClient client) {
    this.client = client;
    client.tell(this::take);
  }

  /** Before each run, at both ends. */
  void begin(String peer) throws Exception {
    client.peer(peer);
    lock.lock();
    try {
      confirmed = 0;
    } finally {
      lock.unlock();
    }
    arrived.set(0);
  }

  /** Returns once all have arrived, or never will. */
  void send(boolean signed, int count) throws Exception {
    byte[] payload = new byte[Payload.LENGTH];
    long lost = 0;
    for (int sent = 0; sent < count; sent++) {
      if (sent % BATCH == 0) {
        lost = awaitRoom(sent, WINDOW - BATCH, lost);
      }
      Payload.fill(payload, sent);
      client.send(signed, payload);
    }
    long unused = awaitRoom(count, 0, lost);
  }

  /** Waits until so many or fewer are under way. */
  private long awaitRoom(long sent, long underWay, long lostBefore) throws InterruptedException {
    long lost = lostBefore;
    lock.lock();
    try {
      while (sent - confirmed - lost > underWay) {
        if (!answered.await(1, TimeUnit.SECONDS)) {
          lost = sent - confirmed;
        }
      }
      return lost;
    } finally {
      lock.unlock();
    }
  }

  /** How many have come since the beginning. */
  long arrived() {
    return arrived.get();
  }

  /** How many had wrong bytes, ever. */
  long wrong() {
    return wrong.get();
  }

  private void take(byte[] message) {
    if (message.length == Long.BYTES) {
      confirm(ByteBuffer.wrap(message).getLong());
      return;
    }
    if (!Payload.isWhole(message)) {
      wrong.incrementAndGet();
      return;
    }
    long now = arrived.incrementAndGet();
    if (now % BATCH == 0) {
      try {
        client.send(false, ByteBuffer.allocate(Long.BYTES).putLong(now).array());
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void confirm(long count) {
    lock.lock();
    try {
      confirmed = Math.max(confirmed, count);
      answered.signal();
    } finally {
      lock.unlock();
    }
  }
}
