package io.allium.sam;

import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Known;
import io.allium.Registration;
import io.allium.spi.Call;
import io.allium.spi.RouterRequest;
import io.allium.spi.StreamDriver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;

/** A stream is the rest of its connection to the bridge. */
final class SamStream implements StreamDriver {
  /** What the kernel takes over to a router on the same machine at once, whether it reads or not. */
  private static final int SURELY_THERE = 16 * 1024;

  /**
   * Where time is limited, for on a platform thread the kernel returns when all of it is taken: so a slow reader shows that
   * it reads. And of an array, whose rest is copied again each time the kernel takes some of it.
   */
  private static final int MAX_PIECE = 64 * 1024;

  private static final Registration NO_LIMIT = () -> {};

  private final SocketChannel channel;
  private final ControlWatch control;
  private final RouterRequest router;
  private final Ends ends;
  private final SamInput input;
  private final AtomicLong written = new AtomicLong();
  private volatile boolean stalled;

  /**
   * Whose it is.
   *
   * @param remote the peer
   * @param localPort our I2P port
   * @param remotePort the peer's
   */
  record Ends(Destination remote, int localPort, int remotePort) {}

  SamStream(SamConnection connection, ControlWatch control, RouterRequest router, Ends ends) {
    channel = connection.channel();
    input = new SamInput(connection);
    this.control = control;
    this.router = router;
    this.ends = ends;
  }

  @Override
  public Destination remote() {
    return ends.remote;
  }

  @Override
  public int remotePort() {
    return ends.remotePort;
  }

  @Override
  public int localPort() {
    return ends.localPort;
  }

  @Override
  public int read(ByteBuffer target, long timeoutNanos) throws I2pException, InterruptedException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException();
    }
    try {
      int count = input.read(target, timeoutNanos);
      if (count < 0 && !input.isOver()) {
        control.checkAfterStream();
      }
      return count;
    } catch (SocketTimeoutException e) {
      throw new I2pException(ErrorKind.TIMEOUT, "no data within the read timeout", e);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public int write(ByteBuffer source, long noProgressNanos)
      throws I2pException, InterruptedException {
    int limit = source.limit();
    boolean whole = noProgressNanos == 0 && source.isDirect();
    int piece = whole ? source.remaining() : Math.min(source.remaining(), MAX_PIECE);
    written.addAndGet(piece);
    try (Registration timer =
        noProgressNanos == 0 ? NO_LIMIT : router.time().schedule(noProgressNanos, this::stall)) {
      return channel.write(source.limit(source.position() + piece));
    } catch (IOException e) {
      I2pException failure = failed(e);
      throw stalled
          ? new I2pException(ErrorKind.TIMEOUT, "the router took nothing in time", e)
          : failure;
    } finally {
      source.limit(limit);
    }
  }

  /** Nothing else wakes a writer. */
  private void stall() {
    stalled = true;
    reset();
  }

  @Override
  public int available() {
    return input.available();
  }

  @Override
  public void endInput() {
    try {
      input.end();
    } catch (IOException e) {
      System.getLogger(SamStream.class.getName())
          .log(System.Logger.Level.DEBUG, "a stream had ended before: " + e.getMessage());
    }
  }

  /** Both i2pd and Java I2P take the end of our direction for the end of the stream. */
  @Override
  public boolean canHalfClose() {
    return false;
  }

  @Override
  public void shutdownOutput() throws I2pException {
    throw new I2pException(ErrorKind.UNSUPPORTED, "SAM cannot end one direction of a stream");
  }

  /** A bridge confirms nothing of a stream. */
  @Override
  public Known awaitDelivered(Call call) {
    return Known.CANNOT_KNOW;
  }

  /** The bridge's connection ends in the same way for a stream that was finished and for one that broke. */
  @Override
  public Known endedCleanly() {
    return Known.CANNOT_KNOW;
  }

  /**
   * Lingers, unless all is surely sent, which costs less. A thread that reads then goes on until something comes: nothing
   * wakes it but what would also drop what is under way.
   */
  @Override
  public void close() {
    boolean read = input.close();
    if (input.isPeerEnded() || isSurelyThere() && input.inKernel() == 0) {
      if (read) {
        SamConnection.hangUp(channel);
      } else {
        SamConnection.closeQuietly(channel);
      }
      return;
    }
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      SamConnection.closeQuietly(channel);
      return;
    }
    input.leaveTo(new Lingering(router, channel));
  }

  private boolean isSurelyThere() {
    try {
      return written.get() == 0
          || written.get() <= SURELY_THERE
              && channel.getRemoteAddress() instanceof InetSocketAddress bridge
              && bridge.getAddress().isLoopbackAddress();
    } catch (IOException e) {
      return true; // closed before
    }
  }

  @Override
  public void reset() {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // closed already, or the peer was faster
      SamConnection.closeQuietly(channel);
      return;
    }
    SamConnection.closeQuietly(channel);
  }

  private I2pException failed(IOException cause) throws InterruptedException, I2pException {
    if (cause instanceof ClosedByInterruptException) {
      throw new InterruptedException();
    }
    if (cause instanceof I2pException typed) {
      throw typed;
    }
    if (cause instanceof ClosedChannelException) {
      return new I2pException(ErrorKind.CLOSED, "the stream is closed", cause);
    }
    control.checkAfterStream();
    return new I2pException(
        ErrorKind.PEER_RESET, "the router broke the stream: " + cause.getMessage(), cause);
  }
}
