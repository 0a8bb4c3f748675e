package io.allium.internal;

import io.allium.Destination;
import io.allium.I2pException;
import io.allium.spi.Offer;
import io.allium.spi.StreamDriver;
import java.util.function.Function;

/** The two ways in which an incoming stream waits for an acceptor. */
final class Arrivals {
  private Arrivals() {}

  /** Its peer knows that it is open. */
  static AcceptQueue.Arrival answered(StreamCore stream) {
    return new Answered(stream);
  }

  /** Its peer learns it when it is taken. */
  static AcceptQueue.Arrival unanswered(Offer offer, Function<StreamDriver, StreamCore> adopt) {
    Unanswered arrival = new Unanswered(offer, adopt);
    var unused = offer.onGone(() -> arrival.gone = true);
    return arrival;
  }

  private record Answered(StreamCore stream) implements AcceptQueue.Arrival {
    @Override
    public Destination remote() {
      return stream.peer();
    }

    @Override
    public boolean isOpen() {
      return stream.isOpen();
    }

    @Override
    public StreamCore take() {
      return stream;
    }

    @Override
    public void refuse() {
      stream.cancel();
    }
  }

  private static final class Unanswered implements AcceptQueue.Arrival {
    private final Offer offer;
    private final Function<StreamDriver, StreamCore> adopt;
    private volatile boolean gone;

    Unanswered(Offer offer, Function<StreamDriver, StreamCore> adopt) {
      this.offer = offer;
      this.adopt = adopt;
    }

    @Override
    public Destination remote() {
      return offer.remote();
    }

    @Override
    public boolean isOpen() {
      return !gone;
    }

    @Override
    public StreamCore take() throws I2pException {
      try {
        return adopt.apply(offer.answer());
      } catch (I2pException e) {
        gone = true; // who had waited for it waits for the next
        throw e;
      }
    }

    @Override
    public void refuse() {
      offer.refuse();
    }
  }
}
