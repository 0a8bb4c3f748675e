package io.allium.internal;

import io.allium.Destination;
import io.allium.I2pException;
import io.allium.Known;
import io.allium.spi.Arrived;
import io.allium.spi.Call;
import io.allium.spi.OpenRequest;
import io.allium.spi.RouterDriver;
import io.allium.spi.SessionDriver;
import io.allium.spi.SessionSink;
import io.allium.spi.StreamDriver;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The time that a destination is online at its router without a break, from opening to loss: its driver, and the streams
 * that end with it.
 */
final class OnlinePeriod {
  private final Destination destination;
  private final SessionDriver driver;
  private final CompletableFuture<I2pException> lost;
  private final Set<StreamCore> streams = ConcurrentHashMap.newKeySet();
  private volatile @Nullable I2pException over;

  private OnlinePeriod(
      Destination destination, SessionDriver driver, CompletableFuture<I2pException> lost) {
    this.destination = destination;
    this.driver = driver;
    this.lost = lost;
  }

  /** Where a driver's news go. */
  private record Sink(CompletableFuture<I2pException> lost, DatagramTable datagrams)
      implements SessionSink {
    @Override
    public void lost(I2pException cause) {
      lost.complete(cause);
    }

    @Override
    public void datagram(Arrived arrived) {
      datagrams.deliver(arrived);
    }

    @Override
    public void batchEnd() {
      datagrams.wakeReceivers();
    }
  }

  static OnlinePeriod open(
      RouterDriver router, OpenRequest request, DatagramTable datagrams, Call call)
      throws I2pException, InterruptedException {
    CompletableFuture<I2pException> lost = new CompletableFuture<>();
    SessionDriver driver = router.open(request, new Sink(lost, datagrams), call);
    return new OnlinePeriod(request.keys().destination(), driver, lost);
  }

  SessionDriver driver() {
    return driver;
  }

  /** To be called once: the loss may have come before. */
  void onLost(Consumer<I2pException> action) {
    var unused = lost.thenAccept(action);
  }

  StreamCore adopt(StreamDriver stream) {
    StreamCore adopted = new StreamCore(stream, destination, streams::remove);
    streams.add(adopted);
    I2pException why = over;
    if (why != null) {
      adopted.fail(why);
    }
    return adopted;
  }

  int streams() {
    return streams.size();
  }

  /** Ends the streams, then the driver. */
  Known end(I2pException why, Consumer<StreamCore> endStream, Call call) {
    over = why;
    streams.forEach(stream -> Calls.guarded(() -> endStream.accept(stream)));
    Known[] delivered = {Known.NO};
    Calls.guarded(() -> delivered[0] = driver.close(call));
    return delivered[0];
  }
}
