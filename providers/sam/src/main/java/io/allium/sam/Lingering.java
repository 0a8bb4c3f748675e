package io.allium.sam;

import io.allium.Registration;
import io.allium.spi.Call;
import io.allium.spi.RouterRequest;
import io.allium.spi.support.OrderedLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The connections of streams that were closed while what they had written was under way. The kernel answers what comes
 * after a close, or was not read before it, with a reset, and drops what it has not sent yet. So what comes is read to its
 * end.
 */
final class Lingering {
  /** A router that takes nothing for so long will not take the rest either. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final int BUFFER = 8192;

  private final RouterRequest router;
  private final ReentrantLock lock = new OrderedLock(OrderedLock.Rank.PROVIDER_STREAM);
  private final Condition changed = lock.newCondition();
  private int count;

  Lingering(RouterRequest router) {
    this.router = router;
  }

  /** Closes a connection, whose output was shut down, when the router has ended its side, or after a while. */
  void add(SocketChannel channel) {
    count(1);
    router.start("allium-linger", () -> {
      try {
        linger(channel);
      } finally {
        count(-1);
      }
    });
  }

  /** Waits for those there are, until the call is aborted. */
  void await(Call call) throws InterruptedException {
    try (Registration abort = call.onAbort(() -> count(0))) {
      lock.lockInterruptibly();
      try {
        while (count > 0 && !call.aborted()) {
          changed.await();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private void linger(SocketChannel channel) {
    try (Registration limit =
        router.time().schedule(LIMIT.toNanos(), () -> SamConnection.closeQuietly(channel))) {
      ByteBuffer ignored = ByteBuffer.allocate(BUFFER);
      while (channel.read(ignored.clear()) >= 0) {
        // the program closed the stream, so nobody wants this
      }
    } catch (IOException e) {
      System.getLogger(Lingering.class.getName())
          .log(System.Logger.Level.DEBUG, "lingering ended early: " + e.getMessage());
    }
    SamConnection.closeQuietly(channel);
  }

  private void count(int more) {
    lock.lock();
    try {
      count += more;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
