package io.allium;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.spi.StreamDriver;
import io.allium.spi.TimeSource;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The streams of one peer that nobody has accepted yet. */
class WaitingStreamsTest {
  private static final Destination PEER = DestinationKeys.generate().destination();

  /** A clock that stands still. */
  private final TimeSource time = new TimeSource() {
    @Override
    public long nanos() {
      return 0;
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
      return () -> {};
    }
  };

  private final AtomicInteger refused = new AtomicInteger();
  private final WaitingStreams waiting = new WaitingStreams(time, refused::incrementAndGet);

  private final I2pStream.StreamOwner owner = new I2pStream.StreamOwner() {
    @Override
    public TimeSource time() {
      return time;
    }

    @Override
    public boolean can(Capability capability) {
      return false;
    }

    @Override
    public Destination destination() {
      return PEER;
    }

    @Override
    public void forget(I2pStream stream) {}
  };

  private I2pStream stream() {
    StreamDriver driver = (StreamDriver) Proxy.newProxyInstance(
        StreamDriver.class.getClassLoader(),
        new Class<?>[] {StreamDriver.class},
        (proxy, method, arguments) -> switch (method.getName()) {
          case "remote" -> PEER;
          case "close", "reset" -> null;
          default -> 0;
        });
    return new I2pStream(driver, owner);
  }

  @Test
  void whatIsLostWithItsSessionTakesNobodysPlaceAndIsNotRefused() throws Exception {
    for (int i = 0; i < WaitingStreams.MAX_WAITING_PER_PEER; i++) {
      I2pStream lost = stream();
      waiting.offer(lost);
      lost.fail(new I2pException(ErrorKind.SESSION_LOST, "gone"));
    }
    assertThat(waiting.size()).isZero();
    I2pStream next = stream();
    waiting.offer(next);
    assertThat(waiting.size()).isEqualTo(1);
    assertThat(refused.get()).isZero();
    assertThat(waiting.take(1)).isSameAs(next);
  }

  @Test
  void whatIsLostBeforeItWaitsDoesNotWait() {
    I2pStream lost = stream();
    lost.fail(new I2pException(ErrorKind.SESSION_LOST, "gone"));
    waiting.offer(lost);
    waiting.end(new I2pException(ErrorKind.CLOSED, "closed"));
    assertThat(waiting.size()).isZero();
    assertThat(refused.get()).isZero();
  }
}
