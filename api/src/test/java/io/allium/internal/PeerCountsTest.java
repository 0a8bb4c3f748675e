package io.allium.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.Hostname;
import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.spi.support.ManualTime;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** A peer that has as many streams as it may. */
class PeerCountsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ManualTime time = new ManualTime();
  private final PeerCounts counts = new PeerCounts(1, time);
  private final I2pName peer;

  PeerCountsTest() throws I2pException {
    peer = Hostname.parse("peer.i2p");
  }

  private FutureTask<Boolean> waiting() {
    FutureTask<Boolean> enter = new FutureTask<>(() -> counts.enter(peer, PATIENCE));
    Thread thread = Thread.ofVirtual().name("stream").start(enter);
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return enter;
  }

  @Test
  void itsNextStreamWaitsAMomentAndIsServedAsSoonAsOneEnds() throws Exception {
    assertThat(counts.enter(peer, PATIENCE)).isTrue();
    FutureTask<Boolean> next = waiting();
    counts.leave(peer);
    assertThat(next.get()).isTrue();
  }

  @Test
  void itsNextStreamIsRefusedWhenTheMomentIsOver() throws Exception {
    assertThat(counts.enter(peer, PATIENCE)).isTrue();
    FutureTask<Boolean> next = waiting();
    time.advance(PATIENCE.toNanos());
    assertThat(next.get()).isFalse();
  }

  @Test
  void anotherPeerDoesNotWait() throws I2pException {
    assertThat(counts.enter(peer, PATIENCE)).isTrue();
    assertThat(counts.enter(Hostname.parse("other.i2p"), PATIENCE)).isTrue();
  }
}
