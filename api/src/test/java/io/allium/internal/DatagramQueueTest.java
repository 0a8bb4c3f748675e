package io.allium.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.allium.DatagramOptions;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.spi.Arrived;
import io.allium.spi.support.AbortableCall;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DatagramQueueTest {
  private static final Arrived ONE = datagram(1);
  private static final Arrived TWO = datagram(1);

  private static Arrived datagram(int size) {
    return new Arrived.Message(18, 0, 0, ByteBuffer.allocate(size));
  }

  private final DatagramQueue queue = new DatagramQueue();

  @Test
  void pollTakesWhatWaitsInOrderAndNeverWaits() {
    assertThat(queue.poll()).isNull();
    queue.offer(ONE);
    queue.offer(TWO);
    assertThat(queue.poll()).isSameAs(ONE);
    assertThat(queue.poll()).isSameAs(TWO);
    assertThat(queue.poll()).isNull();
  }

  @Test
  void pollMakesRoom() {
    Arrived large = datagram((int) DatagramOptions.MAX_WAITING_BYTES);
    queue.offer(large);
    queue.offer(TWO);
    assertThat(queue.dropped()).isEqualTo(1);
    assertThat(queue.poll()).isSameAs(large);
    queue.offer(large);
    assertThat(queue.dropped()).isEqualTo(1);
    assertThat(queue.poll()).isSameAs(large);
  }

  @Test
  void anEndedQueueHasNothing() {
    queue.offer(ONE);
    queue.end(new I2pException(ErrorKind.CLOSED, "closed"));
    queue.offer(TWO);
    assertThat(queue.poll()).isNull();
  }

  @Test
  void oneWakingIsEnoughForAllThatCameTogether() throws Exception {
    CompletableFuture<Arrived> first = take();
    CompletableFuture<Arrived> second = take();
    queue.offer(ONE);
    queue.offer(TWO);
    queue.wakeReceiver();
    assertThat(first.get(10, TimeUnit.SECONDS)).isIn(ONE, TWO);
    assertThat(second.get(10, TimeUnit.SECONDS))
        .isIn(ONE, TWO)
        .isNotSameAs(first.get(10, TimeUnit.SECONDS));
  }

  @Test
  void whatWasTakenTooLateIsTheNextAgain() throws Exception {
    queue.offer(ONE);
    queue.offer(TWO);
    Arrived late = queue.take(new AbortableCall());
    queue.putBack(late);
    assertThat(queue.poll()).isSameAs(ONE);
    assertThat(queue.poll()).isSameAs(TWO);
  }

  @Test
  void anAbortedTakeTakesNothing() {
    queue.offer(ONE);
    AbortableCall aborted = new AbortableCall();
    aborted.abort();
    assertThat(
            catchThrowableOfType(I2pException.class, () -> queue.take(aborted)).kind())
        .isEqualTo(ErrorKind.CLOSED);
    assertThat(queue.poll()).isSameAs(ONE);
  }

  /** Returns when the taker waits. */
  private CompletableFuture<Arrived> take() {
    CompletableFuture<Arrived> taken = new CompletableFuture<>();
    Thread taker = Thread.ofPlatform().daemon().start(() -> {
      try {
        taken.complete(queue.take(new AbortableCall()));
      } catch (I2pException | InterruptedException e) {
        taken.completeExceptionally(e);
      }
    });
    while (taker.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return taken;
  }
}
