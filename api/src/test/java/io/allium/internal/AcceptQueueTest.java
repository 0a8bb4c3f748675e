package io.allium.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.Destination;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.spi.StreamDriver;
import io.allium.spi.support.ManualTime;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The streams of one peer that nobody has accepted yet. */
class AcceptQueueTest {
  private static final Destination PEER = DestinationKeys.generate().destination();

  private final AtomicInteger refused = new AtomicInteger();
  private final AcceptQueue waiting = new AcceptQueue(new ManualTime(), refused::incrementAndGet);

  private StreamCore stream() {
    StreamDriver driver = (StreamDriver) Proxy.newProxyInstance(
        StreamDriver.class.getClassLoader(),
        new Class<?>[] {StreamDriver.class},
        (proxy, method, arguments) -> switch (method.getName()) {
          case "remote" -> PEER;
          case "close", "reset" -> null;
          default -> 0;
        });
    return new StreamCore(driver, PEER, new StreamCore.Owner() {
      @Override
      public void ended(StreamCore ended) {}

      @Override
      public void closed(boolean wrote, UnderWay.Heard heard) {}
    });
  }

  @Test
  void whatIsLostWithItsSessionTakesNobodysPlaceAndIsNotRefused() throws Exception {
    for (int i = 0; i < AcceptQueue.MAX_WAITING_PER_PEER; i++) {
      StreamCore lost = stream();
      waiting.offer(Arrivals.answered(lost));
      lost.fail(new I2pException(ErrorKind.SESSION_LOST, "gone"));
    }
    assertThat(waiting.size()).isZero();
    StreamCore next = stream();
    waiting.offer(Arrivals.answered(next));
    assertThat(waiting.size()).isEqualTo(1);
    assertThat(refused.get()).isZero();
    assertThat(waiting.take(1)).isSameAs(next);
  }

  @Test
  void whatIsLostBeforeItWaitsDoesNotWait() {
    StreamCore lost = stream();
    lost.fail(new I2pException(ErrorKind.SESSION_LOST, "gone"));
    waiting.offer(Arrivals.answered(lost));
    waiting.end(new I2pException(ErrorKind.CLOSED, "closed"));
    assertThat(waiting.size()).isZero();
    assertThat(refused.get()).isZero();
  }
}
