package io.allium.jetty;

import io.allium.Destination;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * A stream as Jetty wants it: it asks to be told when there are bytes, and when a write is done.
 *
 * <p>One thread waits for bytes, in {@link #readWhileOpen()}. What Jetty does with them, and each write, has a thread of its
 * own: a handler that waits for its body does not keep the body from coming, and a slow peer does not hold up a thread
 * that writes to many.
 */
final class I2pEndPoint extends AbstractEndPoint {
  /** What an idle connection costs; most requests fit. */
  private static final int FIRST_BYTES = 512;

  /** One write is one message to the router: so large that few are needed, so small that progress shows. */
  private static final int MAX_WRITE = 32 * 1024;

  /** How long a peer may take to end its direction after we ended ours. */
  private static final long LAST_WORDS_MILLIS = 10_000;

  private enum Input {
    /** Nothing is known: a read tells. */
    UNKNOWN,
    /** A thread reads. */
    READING,
    /** {@link #first} has bytes. */
    READY,
    /** There will be no more. */
    ENDED
  }

  private final Connector connector;
  private final I2pStream stream;
  private final Destination ours;
  private final Consumer<EndPoint> closed;
  private final ByteBuffer first = ByteBuffer.allocate(FIRST_BYTES).limit(0);
  private final AtomicReference<Input> input = new AtomicReference<>(Input.UNKNOWN);
  private final Semaphore wishes = new Semaphore(0);
  private final AtomicReference<@Nullable Thread> writer = new AtomicReference<>();
  private volatile boolean writing;
  private volatile boolean heardSinceWrite;

  /** Not yet open; closed is told once this is. */
  I2pEndPoint(Connector connector, I2pStream stream, Destination ours, Consumer<EndPoint> closed) {
    super(connector.getScheduler());
    this.connector = connector;
    this.stream = stream;
    this.ours = ours;
    this.closed = closed;
  }

  /** Who is at the other end. */
  I2pAddress peer() {
    return stream.remote();
  }

  /** Waits for bytes whenever Jetty wants some, until this is closed. */
  void readWhileOpen() {
    while (isOpen()) {
      wishes.acquireUninterruptibly();
      if (!isFillInterested()) {
        continue; // the wish is over, or this is closed
      }
      if (input.compareAndSet(Input.UNKNOWN, Input.READING)) {
        first.clear();
        int count = read(first);
        first.flip();
        input.set(count < 0 ? Input.ENDED : Input.READY);
      }
      connector.getExecutor().execute(getFillInterest()::fillable);
    }
  }

  @Override
  public int fill(ByteBuffer target) {
    int position = BufferUtil.flipToFill(target);
    int count;
    try {
      count = take(target);
    } finally {
      BufferUtil.flipToFlush(target, position);
    }
    if (count > 0) {
      heardSinceWrite = true;
      notIdle();
    } else if (count < 0) {
      shutdownInput();
    }
    return count;
  }

  /** What is there, without waiting: 0 for nothing, below for the end. */
  private int take(ByteBuffer target) {
    if (isInputShutdown() || input.get() == Input.ENDED) {
      return -1;
    }
    if (input.get() == Input.READY) {
      int count = Math.min(first.remaining(), target.remaining());
      target.put(first.slice(first.position(), count));
      first.position(first.position() + count);
      if (first.hasRemaining()) {
        return count;
      }
      input.set(Input.UNKNOWN);
      return count + Math.max(0, takeFromStream(target));
    }
    return takeFromStream(target);
  }

  private int takeFromStream(ByteBuffer target) {
    if (!input.compareAndSet(Input.UNKNOWN, Input.READING)) {
      return 0;
    }
    int count = 0;
    try {
      int there = Math.min(stream.input().available(), target.remaining());
      if (there > 0) {
        ByteBuffer part = target.slice(target.position(), there);
        count = read(part);
        target.position(target.position() + Math.max(0, count));
      }
    } catch (IOException e) {
      count = -1;
    }
    input.set(count < 0 ? Input.ENDED : Input.UNKNOWN);
    return count;
  }

  /** A stream that broke is over as one that ended: Jetty sees what is missing. */
  private int read(ByteBuffer target) {
    try {
      return stream.channel().read(target);
    } catch (IOException e) {
      return -1;
    }
  }

  @Override
  protected void needsFillInterest() {
    wishes.release();
  }

  /** Writes only on a thread that {@link #onIncompleteFlush} started; it may wait. */
  @Override
  public boolean flush(ByteBuffer... buffers) throws IOException {
    if (isOutputShutdown()) {
      throw new EofException("the connection is closed");
    }
    if (!Thread.currentThread().equals(writer.get())) {
      return BufferUtil.remaining(buffers) == 0;
    }
    writing = true;
    try {
      for (long left = BufferUtil.remaining(buffers);
          left > 0;
          left = BufferUtil.remaining(buffers)) {
        byte[] message = new byte[(int) Math.min(left, MAX_WRITE)];
        gather(buffers, message);
        stream.output().write(message);
        heardSinceWrite = false;
        notIdle();
      }
      return true;
    } catch (I2pException e) {
      throw new EofException(e);
    } finally {
      writing = false;
    }
  }

  private static void gather(ByteBuffer[] buffers, byte[] message) {
    int at = 0;
    for (ByteBuffer buffer : buffers) {
      int count = Math.min(buffer.remaining(), message.length - at);
      buffer.get(message, at, count);
      at += count;
    }
  }

  @Override
  protected void onIncompleteFlush() {
    connector.getExecutor().execute(() -> {
      Thread self = Thread.currentThread();
      writer.set(self);
      try {
        getWriteFlusher().completeWrite();
      } finally {
        writer.compareAndSet(self, null);
      }
    });
  }

  /** While a write waits, its own timeout counts. */
  @Override
  protected void onIdleExpired(TimeoutException timeout) {
    if (!writing) {
      super.onIdleExpired(timeout);
    }
  }

  /** A connector that shuts down hurries connections along, but not one with a request in progress. */
  @Override
  public void setIdleTimeout(long millis) {
    boolean busy = !isFillInterested() || heardSinceWrite;
    if (!connector.isShutdown() || !busy) {
      super.setIdleTimeout(millis);
    }
  }

  /** Where one direction cannot end alone, both do: what was written still arrives, and Jetty reads the end. */
  @Override
  protected void doShutdownOutput() {
    if (!stream.canHalfClose()) {
      stream.close();
      return;
    }
    try {
      stream.shutdownOutput();
    } catch (I2pException e) {
      stream.close();
    }
    notIdle();
    long idle = getIdleTimeout();
    super.setIdleTimeout(idle > 0 ? Math.min(idle, LAST_WORDS_MILLIS) : LAST_WORDS_MILLIS);
  }

  @Override
  protected void doClose() {
    stream.close();
  }

  @Override
  public void onClose(@Nullable Throwable failure) {
    try {
      super.onClose(failure);
      Connection connection = getConnection();
      if (connection != null) {
        connection.onClose(failure);
      }
    } finally {
      closed.accept(this);
      wishes.release();
    }
  }

  @Override
  public Object getTransport() {
    return stream;
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return unresolved(ours, stream.local().port());
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return unresolved(stream.peer(), stream.remote().port());
  }

  /** The b32 address: a whole destination is long, and is no host. */
  private static SocketAddress unresolved(Destination destination, int port) {
    return InetSocketAddress.createUnresolved(destination.base32().text(), port);
  }

  /** Addresses shortened, since this goes to logs. */
  @Override
  public String toEndPointString() {
    return stream.toString();
  }
}
