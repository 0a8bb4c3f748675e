package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.memory.MemoryNetwork;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunningTest {
  @Test
  void aCommandOutlivesALossOfItsSessionAndEndsWithIt() throws Exception {
    try (MemoryNetwork network = MemoryNetwork.create();
        I2p i2p = I2p.connect(network.uri());
        I2pSession session = i2p.open()) {
      CountDownLatch ready = new CountDownLatch(1);
      FutureTask<Integer> running =
          new FutureTask<>(() -> Running.until(session, new Stop(), ready::countDown));
      Thread command = Thread.ofVirtual().start(running);
      assertThat(ready.await(10, TimeUnit.SECONDS)).isTrue();
      network.restart();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (session.status().recovered() == 0) {
        assertThat(System.nanoTime()).as("waited for the recovery").isLessThan(end);
        Thread.onSpinWait();
      }
      assertThat(command.getState()).as("it waits on").isEqualTo(Thread.State.WAITING);
      session.close();
      assertThat(catchThrowable(() -> running.get(10, TimeUnit.SECONDS)))
          .hasCauseInstanceOf(I2pException.class);
    }
  }
}
