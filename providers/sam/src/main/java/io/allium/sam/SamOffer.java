package io.allium.sam;

import io.allium.Destination;
import io.allium.Registration;
import io.allium.spi.Offer;
import io.allium.spi.StreamDriver;

/**
 * An incoming stream, which the router has answered already.
 *
 * @param stream it
 */
record SamOffer(SamStream stream) implements Offer {
  @Override
  public Destination remote() {
    return stream.remote();
  }

  @Override
  public int remotePort() {
    return stream.remotePort();
  }

  @Override
  public int localPort() {
    return stream.localPort();
  }

  @Override
  public boolean answered() {
    return true;
  }

  @Override
  public StreamDriver answer() {
    return stream;
  }

  @Override
  public void refuse() {
    stream.reset();
  }

  /** A stream that was answered does not go: it ends. */
  @Override
  public Registration onGone(Runnable quick) {
    return () -> {};
  }
}
