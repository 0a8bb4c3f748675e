package io.allium.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.ErrorKind;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class DatagramQueueTest {
  private static final I2pDatagram ONE = new I2pDatagram.Raw(new byte[] {1}, 0, 0, 18);
  private static final I2pDatagram TWO = new I2pDatagram.Raw(new byte[] {2}, 0, 0, 18);

  private final DatagramQueue queue = new DatagramQueue();

  @Test
  void pollTakesWhatWaitsInOrderAndNeverWaits() {
    assertThat(queue.poll()).isEmpty();
    queue.offer(ONE, 1);
    queue.offerQuietly(TWO, 1);
    assertThat(queue.poll()).containsSame(ONE);
    assertThat(queue.poll()).containsSame(TWO);
    assertThat(queue.poll()).isEmpty();
  }

  @Test
  void pollMakesRoom() {
    int large = (int) DatagramQueue.MAX_BYTES;
    queue.offerQuietly(ONE, large);
    queue.offerQuietly(TWO, 1);
    assertThat(queue.dropped()).isEqualTo(1);
    assertThat(queue.poll()).containsSame(ONE);
    queue.offerQuietly(TWO, large);
    assertThat(queue.dropped()).isEqualTo(1);
    assertThat(queue.poll()).containsSame(TWO);
  }

  @Test
  void anEndedQueueHasNothing() {
    queue.offer(ONE, 1);
    queue.end(new I2pException(ErrorKind.CLOSED, "closed"));
    queue.offerQuietly(TWO, 1);
    assertThat(queue.poll()).isEmpty();
  }

  @Test
  void oneWakingIsEnoughForAllThatCameTogether() throws Exception {
    CompletableFuture<I2pDatagram> first = take();
    CompletableFuture<I2pDatagram> second = take();
    queue.offerQuietly(ONE, 1);
    queue.offerQuietly(TWO, 1);
    queue.wakeReceiver();
    assertThat(first.get(10, TimeUnit.SECONDS)).isIn(ONE, TWO);
    assertThat(second.get(10, TimeUnit.SECONDS))
        .isIn(ONE, TWO)
        .isNotSameAs(first.get(10, TimeUnit.SECONDS));
  }

  /** Returns when the taker waits. */
  private CompletableFuture<I2pDatagram> take() {
    CompletableFuture<I2pDatagram> taken = new CompletableFuture<>();
    Thread taker = Thread.ofPlatform().daemon().start(() -> {
      try {
        taken.complete(queue.take(new Call()));
      } catch (I2pException | InterruptedException e) {
        taken.completeExceptionally(e);
      }
    });
    while (taker.getState() != Thread.State.WAITING) {
      LockSupport.parkNanos(100_000);
    }
    return taken;
  }
}
