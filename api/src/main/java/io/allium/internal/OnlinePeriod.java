package io.allium.internal;

import io.allium.Capability;
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
import io.allium.spi.TimeSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The time that a destination is online at its router without a break, from opening to loss: its driver, and the streams
 * that end with it.
 */
final class OnlinePeriod implements StreamCore.Owner {
  private final Destination destination;
  private final SessionDriver driver;
  private final CompletableFuture<I2pException> lost;
  private final TimeSource time;
  private final UnderWay underWay;
  private final long since;
  private final Set<StreamCore> streams = ConcurrentHashMap.newKeySet();
  private volatile @Nullable I2pException over;

  private OnlinePeriod(
      Destination destination,
      SessionDriver driver,
      CompletableFuture<I2pException> lost,
      RouterDriver router) {
    this.destination = destination;
    this.driver = driver;
    this.lost = lost;
    time = router.time();
    since = time.nanos();
    underWay = new UnderWay(time, router.capabilities().contains(Capability.DELIVERY_KNOWN));
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
    return new OnlinePeriod(request.keys().destination(), driver, lost, router);
  }

  SessionDriver driver() {
    return driver;
  }

  /** For how long it has lasted, in nanoseconds. */
  long age() {
    return time.nanos() - since;
  }

  /** To be called once: the loss may have come before. */
  void onLost(Consumer<I2pException> action) {
    var unused = lost.thenAccept(action);
  }

  StreamCore adopt(StreamDriver stream) {
    StreamCore adopted = new StreamCore(stream, destination, this);
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

  @Override
  public void ended(StreamCore stream) {
    streams.remove(stream);
  }

  @Override
  public void closed(boolean wrote, UnderWay.Heard heard) {
    underWay.closed(wrote, heard);
  }

  /** Ends the streams; no other begins. */
  void endStreams(I2pException why, Consumer<StreamCore> endStream) {
    over = why;
    streams.forEach(stream -> Calls.guarded(() -> endStream.accept(stream)));
  }

  /** Ends the driver, once what was written to each closed stream had so long from its close on. */
  Known leave(Grace grace) {
    Known[] delivered = {Known.NO};
    Calls.within(
        time, underWay.left(grace), call -> Calls.guarded(() -> delivered[0] = driver.close(call)));
    return delivered[0];
  }

  /** Both, without a wait. */
  void end(I2pException why, Consumer<StreamCore> endStream) {
    endStreams(why, endStream);
    leave(Grace.NONE);
  }
}
