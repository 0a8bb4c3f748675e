package io.allium.sam;

import io.allium.I2pDatagram;
import io.allium.spi.Arrived;
import io.allium.spi.SessionSink;

/** Where what a bridge forwarded goes. For one thread at a time. */
final class ArrivedDatagrams {
  private final SessionSink sink;
  private boolean dropped;

  ArrivedDatagrams(SessionSink sink) {
    this.sink = sink;
  }

  /** {@link #batchEnd()} must follow. */
  void deliver(I2pDatagram datagram, int size) {
    sink.datagram(new Arrived.Checked(datagram, size));
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
