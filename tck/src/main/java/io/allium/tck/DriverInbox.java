package io.allium.tck;

import io.allium.I2pException;
import io.allium.spi.Arrived;
import io.allium.spi.SessionSink;
import java.util.concurrent.LinkedBlockingQueue;

/** Keeps what a driver tells. */
final class DriverInbox implements SessionSink {
  private final LinkedBlockingQueue<Arrived> untold = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<I2pException> losses = new LinkedBlockingQueue<>();

  @Override
  public void lost(I2pException cause) {
    losses.add(cause);
  }

  @Override
  public void datagram(Arrived datagram) {
    untold.add(datagram);
  }

  @Override
  public void batchEnd() {
    untold.drainTo(arrived);
  }

  /** What came in batches that have ended. */
  LinkedBlockingQueue<Arrived> arrived() {
    return arrived;
  }

  LinkedBlockingQueue<I2pException> losses() {
    return losses;
  }
}
