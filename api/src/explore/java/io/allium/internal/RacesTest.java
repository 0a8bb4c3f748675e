package io.allium.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allium.Destination;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Known;
import io.allium.spi.Call;
import io.allium.spi.OpenRequest;
import io.allium.spi.RouterDriver;
import io.allium.spi.SessionDriver;
import io.allium.spi.StreamDriver;
import io.allium.spi.support.AbortableCall;
import io.allium.spi.support.ManualTime;
import io.allium.spi.support.Timeout;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.Lincheck;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Close, accept and supervision in every order of their steps that the model checker of Lincheck tries. */
class RacesTest {
  private static final int ORDERS = Integer.getInteger("allium.orders", 2000);
  private static final DestinationKeys KEYS = DestinationKeys.generate();
  private static final Destination PEER = KEYS.destination();
  private static final I2pException WHY = new I2pException(ErrorKind.CLOSED, "closed");

  private interface Part {
    void run() throws I2pException, InterruptedException;
  }

  /** At the same time, until all are over; a part may fail with an exception of the API. */
  private static void together(Part... parts) {
    Thread[] threads = new Thread[parts.length];
    for (int i = 0; i < parts.length; i++) {
      Part part = parts[i];
      threads[i] = new Thread(() -> {
        try {
          part.run();
        } catch (I2pException | InterruptedException over) {
          // what was asked for had ended
        }
      });
      threads[i].start();
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Counts how it is ended. */
  private static final class Driver implements StreamDriver {
    final AtomicInteger ends = new AtomicInteger();

    @Override
    public Destination remote() {
      return PEER;
    }

    @Override
    public int remotePort() {
      return 0;
    }

    @Override
    public int localPort() {
      return 0;
    }

    @Override
    public int read(ByteBuffer target, long timeoutNanos) {
      return -1;
    }

    @Override
    public int write(ByteBuffer source, long noProgressNanos) {
      int count = source.remaining();
      source.position(source.limit());
      return count;
    }

    @Override
    public int available() {
      return 0;
    }

    @Override
    public void endInput() {}

    @Override
    public boolean canHalfClose() {
      return false;
    }

    @Override
    public void shutdownOutput() {}

    @Override
    public Known awaitDelivered(Call call) {
      return Known.CANNOT_KNOW;
    }

    @Override
    public Known endedCleanly() {
      return Known.CANNOT_KNOW;
    }

    @Override
    public void close() {
      ends.incrementAndGet();
    }

    @Override
    public void reset() {
      ends.incrementAndGet();
    }
  }

  @Test
  void aStreamEndsOnce() {
    Lincheck.runConcurrentTest(ORDERS, () -> {
      Driver driver = new Driver();
      AtomicInteger told = new AtomicInteger();
      AtomicInteger ran = new AtomicInteger();
      StreamCore stream = new StreamCore(driver, PEER, new StreamCore.Owner() {
        @Override
        public void ended(StreamCore ended) {
          told.incrementAndGet();
        }

        @Override
        public void closed(boolean wrote, UnderWay.Heard heard) {}
      });
      together(stream::close, stream::cancel, () -> stream.onEnd(ran::incrementAndGet));
      stream.fail(WHY);
      assertEquals(1, driver.ends.get());
      assertEquals(1, told.get());
      assertTrue(ran.get() > 0);
    });
  }

  private static final class Arrived implements AcceptQueue.Arrival {
    final AtomicInteger ways = new AtomicInteger();

    @Override
    public Destination remote() {
      return PEER;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    @SuppressWarnings("NullAway") // nobody uses the stream
    public StreamCore take() {
      ways.incrementAndGet();
      return null;
    }

    @Override
    public void refuse() {
      ways.incrementAndGet();
    }
  }

  @Test
  void whatComesIsTakenOrRefused() {
    Lincheck.runConcurrentTest(ORDERS, () -> {
      AcceptQueue queue = new AcceptQueue(new ManualTime(), () -> {});
      Arrived first = new Arrived();
      Arrived second = new Arrived();
      together(
          () -> {
            queue.offer(first);
            queue.offer(second);
          },
          () -> queue.take(Timeout.NEVER),
          () -> queue.end(WHY));
      assertEquals(1, first.ways.get());
      assertEquals(1, second.ways.get());
      assertEquals(0, queue.size());
    });
  }

  @Test
  void anAbortReachesEveryCallThatGoesOn() {
    Lincheck.runConcurrentTest(ORDERS, () -> {
      AbortableCall call = new AbortableCall();
      AtomicInteger ran = new AtomicInteger();
      AtomicBoolean finished = new AtomicBoolean();
      together(
          () -> call.onAbort(ran::incrementAndGet),
          call::abort,
          () -> finished.set(call.finish()));
      assertEquals(finished.get() ? 0 : 1, ran.get());
    });
  }

  /** A driver of which nobody asks more than it can say. */
  private static <T> T driver(Class<T> type, Map<String, Object> answers) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) ->
            switch (method.getName()) {
              case "equals" -> self == arguments[0];
              case "hashCode" -> 1;
              default -> answers.get(method.getName());
            }));
  }

  private static OnlinePeriod period() {
    SessionDriver session = driver(SessionDriver.class, Map.of());
    RouterDriver router = driver(
        RouterDriver.class, Map.of("open", session, "time", new ManualTime(), "capabilities", Set.of()));
    OpenRequest request =
        new OpenRequest(KEYS, Map.of(), Set.of(), Optional.empty(), phase -> {});
    try {
      return OnlinePeriod.open(
          router, request, new DatagramTable(PEER), new AbortableCall());
    } catch (I2pException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void noStreamOutlivesItsPeriod() {
    Lincheck.runConcurrentTest(ORDERS, () -> {
      OnlinePeriod period = period();
      Driver driver = new Driver();
      together(
          () -> period.adopt(driver), () -> period.endStreams(WHY, stream -> stream.fail(WHY)));
      assertEquals(1, driver.ends.get());
      assertEquals(0, period.streams());
    });
  }

  @Test
  void aPeriodThatBeginsAsTheSessionEndsIsLeftToOne() {
    Lincheck.runConcurrentTest(ORDERS, () -> {
      OnlinePeriod first = period();
      OnlinePeriod next = period();
      CurrentPeriod current = new CurrentPeriod(first);
      current.leave(first, WHY);
      AtomicBoolean entered = new AtomicBoolean();
      AtomicReference<@Nullable OnlinePeriod> last = new AtomicReference<>();
      together(() -> entered.set(current.enter(next)), () -> last.set(current.end(WHY)));
      assertEquals(entered.get(), last.get() == next);
      assertNull(current.now());
    });
  }
}
