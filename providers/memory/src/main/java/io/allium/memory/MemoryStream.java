package io.allium.memory;

import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.spi.StreamDriver;
import java.nio.ByteBuffer;

/** One end of a stream in memory. */
final class MemoryStream implements StreamDriver {
  private final Destination remote;
  private final int localPort;
  private final int remotePort;
  private final Pipe in;
  private final Pipe out;
  private final Runnable onEnd;

  MemoryStream(
      Destination remote, int localPort, int remotePort, Pipe in, Pipe out, Runnable onEnd) {
    this.remote = remote;
    this.localPort = localPort;
    this.remotePort = remotePort;
    this.in = in;
    this.out = out;
    this.onEnd = onEnd;
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
  public void write(ByteBuffer source) throws I2pException, InterruptedException {
    out.write(source);
  }

  @Override
  public int available() {
    return in.available();
  }

  @Override
  public void shutdownOutput() {
    out.finish();
  }

  @Override
  public void close() {
    out.finish();
    in.fail(
        new I2pException(ErrorKind.CLOSED, "the stream is closed"),
        new I2pException(ErrorKind.PEER_RESET, "the peer closed the stream"));
    onEnd.run();
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
    onEnd.run();
  }
}
