package io.allium.memory;

import io.allium.Capability;
import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Known;
import io.allium.spi.Call;
import io.allium.spi.StreamDriver;
import java.nio.ByteBuffer;
import java.util.Set;

/** One end of a stream in memory. */
final class MemoryStream implements StreamDriver {
  /** Told once or more when an end is over, and whether its program closed it. */
  interface Owner {
    void ended(MemoryStream stream, boolean cleanly);
  }

  private final Destination remote;
  private final int localPort;
  private final int remotePort;
  private final Pipe in;
  private final Pipe out;
  private final Set<Capability> capabilities;
  private final Owner owner;

  MemoryStream(
      Destination remote,
      int localPort,
      int remotePort,
      Pipe in,
      Pipe out,
      Set<Capability> capabilities,
      Owner owner) {
    this.remote = remote;
    this.localPort = localPort;
    this.remotePort = remotePort;
    this.in = in;
    this.out = out;
    this.capabilities = capabilities;
    this.owner = owner;
  }

  @Override
  public Destination remote() {
    return remote;
  }

  @Override
  public int remotePort() {
    return remotePort;
  }

  @Override
  public int localPort() {
    return localPort;
  }

  @Override
  public int read(ByteBuffer target, long timeoutNanos) throws I2pException, InterruptedException {
    return in.read(target, timeoutNanos);
  }

  @Override
  public int write(ByteBuffer source, long noProgressNanos)
      throws I2pException, InterruptedException {
    return out.write(source, noProgressNanos);
  }

  @Override
  public int available() {
    return in.available();
  }

  @Override
  public void endInput() {
    in.endReading();
  }

  @Override
  public boolean canHalfClose() {
    return capabilities.contains(Capability.HALF_CLOSE);
  }

  @Override
  public void shutdownOutput() {
    out.finish();
  }

  @Override
  public Known awaitDelivered(Call call) throws InterruptedException {
    return out.awaitArrival(call) ? Known.YES : Known.NO;
  }

  /** Whether nothing of ours is under way. */
  boolean isDelivered() {
    return out.isAllThere();
  }

  @Override
  public Known endedCleanly() {
    if (!capabilities.contains(Capability.CLEAN_END)) {
      return Known.CANNOT_KNOW;
    }
    return in.isEnded() ? Known.YES : Known.NO;
  }

  @Override
  public void close() {
    out.finish();
    in.fail(
        new I2pException(ErrorKind.CLOSED, "the stream is closed"),
        new I2pException(ErrorKind.PEER_RESET, "the peer closed the stream"));
    owner.ended(this, true);
  }

  @Override
  public void reset() {
    fail(new I2pException(ErrorKind.CLOSED, "the stream is closed"), "the peer reset the stream");
  }

  /** The network broke the stream for both ends. */
  void breakDown() {
    fail(
        new I2pException(ErrorKind.PEER_RESET, "the network broke the stream"),
        "the network broke the stream");
  }

  /** Our router is gone: we know it, and the peer finds a broken stream. */
  void lost(I2pException cause) {
    fail(cause, "the peer's router went away");
  }

  private void fail(I2pException ours, String peers) {
    I2pException theirs = new I2pException(ErrorKind.PEER_RESET, peers);
    in.fail(ours, theirs);
    out.fail(theirs, ours);
    owner.ended(this, false);
  }
}
