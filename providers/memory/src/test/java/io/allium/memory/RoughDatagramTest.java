package io.allium.memory;

import io.allium.tck.DatagramTck;
import io.allium.tck.Subject;
import java.time.Duration;

/** What holds on a perfect network holds where datagrams get lost, late and out of order. */
class RoughDatagramTest extends DatagramTck {
  @Override
  protected Subject createSubject() throws Exception {
    return new MemorySubject(MemoryNetwork.builder()
        .seed(1)
        .faults(Faults.none()
            .withLatency(Duration.ofMillis(2), Duration.ofMillis(5))
            .withLoss(0.2, Duration.ZERO)));
  }
}
