package io.allium;

import io.allium.spi.Call;
import io.allium.spi.RouterDriver;
import io.allium.spi.SessionDriver;
import io.allium.spi.SessionEvents;
import io.allium.spi.StreamDriver;
import io.allium.spi.TimeSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One stay of a destination at its router, from opening to loss: its driver, and the streams that end with it. */
final class Stay implements I2pStream.StreamOwner {
  private final RouterDriver router;
  private final Destination destination;
  private final SessionDriver driver;
  private final CompletableFuture<I2pException> lost;
  private final Set<I2pStream> streams = ConcurrentHashMap.newKeySet();
  private volatile @Nullable I2pException over;

  private Stay(
      RouterDriver router,
      Destination destination,
      SessionDriver driver,
      CompletableFuture<I2pException> lost) {
    this.router = router;
    this.destination = destination;
    this.driver = driver;
    this.lost = lost;
  }

  /** What tells of the loss, and of each datagram that arrives. */
  private record Events(CompletableFuture<I2pException> lost, DatagramProbes probes)
      implements SessionEvents {
    @Override
    public void lost(I2pException cause) {
      lost.complete(cause);
    }

    @Override
    public boolean takes(I2pDatagram datagram) {
      return probes.takes(datagram);
    }
  }

  static Stay open(
      RouterDriver router,
      SessionConfig config,
      DestinationKeys keys,
      DatagramProbes probes,
      Call call)
      throws I2pException, InterruptedException {
    CompletableFuture<I2pException> lost = new CompletableFuture<>();
    SessionDriver driver = router.open(config, keys, new Events(lost, probes), call);
    return new Stay(router, keys.destination(), driver, lost);
  }

  SessionDriver driver() {
    return driver;
  }

  /** To be called once: the loss may have come before. */
  void onLost(Consumer<I2pException> action) {
    var unused = lost.thenAccept(action);
  }

  I2pStream adopt(StreamDriver stream) {
    I2pStream adopted = new I2pStream(stream, this);
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
  void end(I2pException why, Consumer<I2pStream> endStream) {
    over = why;
    streams.forEach(stream -> Calls.guarded(() -> endStream.accept(stream)));
    Calls.guarded(driver::close);
  }

  @Override
  public TimeSource time() {
    return router.time();
  }

  @Override
  public boolean can(Capability capability) {
    return router.capabilities().contains(capability);
  }

  @Override
  public Destination destination() {
    return destination;
  }

  @Override
  public void forget(I2pStream stream) {
    streams.remove(stream);
  }
}
