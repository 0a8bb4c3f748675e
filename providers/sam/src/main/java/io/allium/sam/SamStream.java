package io.allium.sam;

import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.spi.StreamDriver;
import io.allium.spi.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A stream is the rest of its connection to the bridge. */
final class SamStream implements StreamDriver {
  /** A router that takes nothing for so long will not take the rest either. */
  private static final Duration LINGER = Duration.ofSeconds(30);

  private static final int LINGER_BUFFER = 8192;

  /** What the kernel takes over to a router on the same machine at once, whether it reads or not. */
  private static final int SURELY_THERE = 16 * 1024;

  /** A read may return less than there is room for; this is a socket's usual buffer. */
  private static final int MAX_COPY = 64 * 1024;

  private final SocketChannel channel;
  private final ControlWatch control;
  private final Destination remote;
  private final int localPort;
  private final int remotePort;
  private final ReentrantLock state = new ReentrantLock();
  private final AtomicLong written = new AtomicLong();
  private @Nullable ByteBuffer first;
  private boolean timed;
  private boolean reading;
  private boolean closed;
  private volatile boolean peerEnded;

  SamStream(
      SamConnection connection,
      ControlWatch control,
      Destination remote,
      int localPort,
      int remotePort) {
    channel = connection.channel();
    first = connection.rest().hasRemaining() ? connection.rest() : null;
    this.control = control;
    this.remote = remote;
    this.localPort = localPort;
    this.remotePort = remotePort;
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
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException();
    }
    ByteBuffer begun = first;
    if (begun != null) {
      return takeFirst(begun, target);
    }
    begin();
    try {
      int count =
          timeoutNanos == 0 && !timed ? channel.read(target) : readTimed(target, timeoutNanos);
      if (count < 0) {
        peerEnded = true;
        control.checkAfterStream();
      }
      return count;
    } catch (SocketTimeoutException e) {
      throw new I2pException(ErrorKind.TIMEOUT, "no data within the read timeout", e);
    } catch (IOException e) {
      throw failed(e);
    } finally {
      end();
    }
  }

  private void begin() throws I2pException {
    state.lock();
    try {
      if (closed) {
        throw new I2pException(ErrorKind.CLOSED, "the stream is closed");
      }
      reading = true;
    } finally {
      state.unlock();
    }
  }

  private void end() {
    state.lock();
    try {
      reading = false;
    } finally {
      state.unlock();
    }
  }

  @Override
  public void write(ByteBuffer source) throws I2pException, InterruptedException {
    written.addAndGet(source.remaining());
    try {
      while (source.hasRemaining()) {
        channel.write(source);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public int available() {
    ByteBuffer begun = first;
    if (begun != null) {
      return begun.remaining();
    }
    try {
      return channel.socket().getInputStream().available();
    } catch (IOException e) {
      return 0;
    }
  }

  /** SAM cannot: both i2pd and Java I2P take the end of our direction for the end of the stream. */
  @Override
  public void shutdownOutput() throws I2pException {
    throw new I2pException(ErrorKind.UNSUPPORTED, "SAM cannot end one direction of a stream");
  }

  /**
   * The kernel answers what comes after a close, or was not read before it, with a reset, and drops what it has not sent
   * yet. So what comes is read to its end, unless all is surely sent, which costs less, or another thread reads: closing has
   * to end that.
   */
  @Override
  public void close() {
    boolean read = isReadBeforeClose();
    if (peerEnded || (read || isSurelyThere()) && available() == 0) {
      SamConnection.hangUp(channel);
      return;
    }
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      SamConnection.closeQuietly(channel);
      return;
    }
    Thread.ofVirtual().name("allium-linger").start(this::linger);
  }

  private boolean isSurelyThere() {
    try {
      return written.get() <= SURELY_THERE
          && channel.getRemoteAddress() instanceof InetSocketAddress bridge
          && bridge.getAddress().isLoopbackAddress();
    } catch (IOException e) {
      return true; // closed before
    }
  }

  /** Whether another thread reads now; after this none begins to. */
  private boolean isReadBeforeClose() {
    state.lock();
    try {
      closed = true;
      return reading;
    } finally {
      state.unlock();
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

  private int takeFirst(ByteBuffer begun, ByteBuffer target) {
    int count = Math.min(begun.remaining(), target.remaining());
    target.put(target.position(), begun, begun.position(), count);
    target.position(target.position() + count);
    begun.position(begun.position() + count);
    if (!begun.hasRemaining()) {
      first = null;
    }
    return count;
  }

  /** Only the socket view of a channel has timeouts; once used, it is kept, so that both never read at once. */
  private int readTimed(ByteBuffer target, long timeoutNanos) throws IOException {
    timed = true;
    channel.socket().setSoTimeout(millis(timeoutNanos));
    InputStream in = channel.socket().getInputStream();
    if (!target.hasArray()) {
      byte[] bytes = new byte[Math.min(target.remaining(), MAX_COPY)];
      int count = in.read(bytes);
      target.put(bytes, 0, Math.max(count, 0));
      return count;
    }
    int count =
        in.read(target.array(), target.arrayOffset() + target.position(), target.remaining());
    target.position(target.position() + Math.max(count, 0));
    return count;
  }

  private static int millis(long nanos) {
    if (nanos == 0) {
      return 0;
    }
    return (int) Math.clamp(TimeUnit.NANOSECONDS.toMillis(nanos), 1L, Integer.MAX_VALUE);
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

  private void linger() {
    TimeSource.Timer limit =
        TimeSource.system().schedule(LINGER.toNanos(), () -> SamConnection.closeQuietly(channel));
    try {
      ByteBuffer ignored = ByteBuffer.allocate(LINGER_BUFFER);
      while (channel.read(ignored.clear()) >= 0) {
        // the program closed the stream, so nobody wants this
      }
    } catch (IOException e) {
      System.getLogger(SamStream.class.getName())
          .log(System.Logger.Level.DEBUG, "lingering ended early: " + e.getMessage());
    }
    limit.cancel();
    SamConnection.closeQuietly(channel);
  }
}
