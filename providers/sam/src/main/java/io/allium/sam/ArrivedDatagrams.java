package io.allium.sam;

import io.allium.I2pDatagram;
import io.allium.spi.Arrived;
import io.allium.spi.SessionSink;

/** Where what a bridge forwarded goes. For one thread at a time. */
final class ArrivedDatagrams {
  private final SessionSink sink;
  private final SelfDatagram ours;
  private boolean dropped;

  /** For a session; its {@code ours} goes nowhere. */
  ArrivedDatagrams(SessionSink sink, SelfDatagram ours) {
    this.sink = sink;
    this.ours = ours;
  }

  /**
   * Hands one over; {@link #batchEnd()} must follow.
   *
   * @param length of its payload
   * @param more what else of it is kept
   */
  void deliver(I2pDatagram datagram, int length, int more) {
    if (!ours.is(datagram, length)) {
      sink.datagram(new Arrived.Checked(datagram, length + more));
    }
  }

  /** It was malformed. Strangers may send many of them. */
  void drop() {
    if (!dropped) {
      dropped = true;
      System.getLogger(ArrivedDatagrams.class.getName())
          .log(System.Logger.Level.DEBUG, "a first datagram was malformed, and dropped");
    }
  }

  void batchEnd() {
    sink.batchEnd();
  }
}
