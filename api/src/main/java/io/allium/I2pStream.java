package io.allium;

import io.allium.spi.StreamDriver;
import io.allium.spi.TimeSource;
import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A stream between two destinations, like a TCP connection.
 *
 * <p>One thread may read while another writes; everything else may be called by any thread at any time. Three ways to
 * end it:
 *
 * <ul>
 *   <li>{@link #shutdownOutput()}: we are done writing, the peer reads to the end and may go on answering;
 *   <li>{@link #close()}: we are done altogether; what we wrote still reaches the peer as long as the session stays open;
 *   <li>{@link #cancel()}: at once, in both directions; what is under way may be lost.
 * </ul>
 *
 * <p>Interrupting a thread that reads or writes closes the stream: kind {@code INTERRUPTED}, flag kept.
 *
 * @see <a href="https://geti2p.net/en/docs/api/streaming">I2P streaming</a>
 */
public final class I2pStream implements Closeable {
  private final StreamDriver driver;
  private final StreamOwner owner;
  private final I2pAddress local;
  private final I2pAddress remote;
  private final AtomicReference<@Nullable I2pException> ended = new AtomicReference<>();
  private final InputStream input = new StreamInput(this);
  private final OutputStream output = new StreamOutput(this);
  private final ByteChannel channel = new StreamChannel(this);
  private volatile @Nullable Runnable atEnd;
  private volatile long readTimeout;
  private volatile Duration writeTimeout = Duration.ZERO;
  private volatile boolean outputShut;

  /** What a stream needs of its session. */
  interface StreamOwner {
    TimeSource time();

    boolean can(Capability capability);

    Destination destination();

    void forget(I2pStream stream);
  }

  I2pStream(StreamDriver driver, StreamOwner owner) {
    this.driver = driver;
    this.owner = owner;
    local = I2pAddress.of(owner.destination(), driver.localPort());
    remote = I2pAddress.of(driver.remote(), driver.remotePort());
  }

  /**
   * What the peer sends. Reading blocks until a byte, the end, the read timeout or a failure, which is an {@link
   * I2pException}: {@code TIMEOUT}, the stream stays usable; {@code SESSION_LOST}, {@code PEER_RESET}, {@code CLOSED};
   * {@code INTERRUPTED}, the stream is closed. Closing it closes the stream. SAM has no word for why a stream ended:
   * there a peer that reset, refused or lost it looks like one that is done, so that the end alone proves nothing.
   *
   * @return always the same stream
   */
  public InputStream input() {
    return input;
  }

  /**
   * What goes to the peer, unbuffered: one write is one message to the router. Writing blocks while the router takes
   * nothing more; some, such as i2pd, take everything, so that neither a write nor its timeout tells of a slow peer.
   * Fails as {@link #input()} does, but {@code TIMEOUT} closes the stream. Closing it closes the stream.
   *
   * @return always the same stream
   */
  public OutputStream output() {
    return output;
  }

  /**
   * Both directions as a channel, for programs that have their bytes in buffers: from and to a direct buffer, nothing is
   * copied on the way to the router. Reads, writes and closing mean the same as on {@link #input()} and {@link #output()};
   * a write takes the whole buffer.
   *
   * @return always the same channel
   */
  public ByteChannel channel() {
    return channel;
  }

  /**
   * Our end.
   *
   * @return the session's destination, and our port; 0 where the router has no ports
   */
  public I2pAddress local() {
    return local;
  }

  /**
   * The other end.
   *
   * @return its destination, and its port; 0 where the router has no ports
   */
  public I2pAddress remote() {
    return remote;
  }

  /**
   * Who is at the other end, as I2P proves: what to compare with the destinations that you know.
   *
   * @return its destination, the name of {@link #remote()}
   */
  public Destination peer() {
    return driver.remote();
  }

  /**
   * Limits how long a read waits.
   *
   * @param timeout not negative; zero, the default but in a handler of {@code serve}, waits for ever
   */
  public void readTimeout(Duration timeout) {
    readTimeout = Checks.nanos(Checks.notNegative(timeout, "readTimeout"));
  }

  /**
   * Limits how long a write waits. A write that fails with {@code TIMEOUT} closes the stream, since how much of it was
   * sent is unknown.
   *
   * @param timeout not negative; zero, the default but in a handler of {@code serve}, waits for ever
   */
  public void writeTimeout(Duration timeout) {
    writeTimeout = Checks.notNegative(timeout, "writeTimeout");
  }

  /**
   * Ends our direction: the peer reads what was written and then the end, and may go on sending. Idempotent.
   *
   * @throws I2pException {@code UNSUPPORTED} without {@link Capability#HALF_CLOSE}: end messages by their length
   *     instead; {@code CLOSED}, {@code PEER_RESET}, {@code SESSION_LOST}
   */
  public void shutdownOutput() throws I2pException {
    check("shutdownOutput");
    if (!owner.can(Capability.HALF_CLOSE)) {
      throw new I2pException(
          ErrorKind.UNSUPPORTED,
          "this router cannot end one direction of a stream and keep the answer: mark the end of a message by its"
              + " length, or close the stream");
    }
    if (!outputShut) {
      outputShut = true;
      driver.shutdownOutput();
    }
  }

  /**
   * Ends both directions at once; what is under way may be lost. Calls in progress on other threads fail with
   * {@code CLOSED}. Does not block. Idempotent.
   */
  public void cancel() {
    if (end(new I2pException(ErrorKind.CLOSED, "the stream was cancelled"))) {
      driver.reset();
    }
  }

  /**
   * Ends both directions; what was written still reaches the peer as long as the session stays open. Calls in progress on
   * other threads fail with {@code CLOSED}. Does not block. Idempotent.
   */
  @Override
  public void close() {
    if (end(new I2pException(ErrorKind.CLOSED, "the stream is closed"))) {
      driver.close();
    }
  }

  /** Both addresses, shortened. */
  @Override
  public String toString() {
    return "I2pStream[" + local + " - " + remote + (ended.get() == null ? "" : ", closed") + "]";
  }

  /** Ends the stream because something above it ended. */
  void fail(I2pException cause) {
    if (end(cause)) {
      driver.reset();
    }
  }

  /** Runs the action when the stream ends, at once if it has; it may run twice. */
  void onEnd(Runnable action) {
    atEnd = action;
    if (ended.get() != null) {
      action.run();
    }
  }

  int read(ByteBuffer target) throws I2pException {
    check("read");
    try {
      int count = driver.read(target, readTimeout);
      if (count < 0) {
        check("read");
      }
      return count;
    } catch (InterruptedException e) {
      throw interrupted("read");
    } catch (I2pException e) {
      throw failed("read", e);
    }
  }

  void write(ByteBuffer source) throws I2pException {
    check("write");
    if (outputShut) {
      throw new I2pException(ErrorKind.CLOSED, "write: our direction of the stream was shut down");
    }
    Duration timeout = writeTimeout;
    if (timeout.isZero()) {
      writeNow(source);
      return;
    }
    TimeSource.Timer timer = owner
        .time()
        .schedule(
            Checks.nanos(timeout), () -> fail(Calls.timeout("the peer reads too slowly", timeout)));
    try {
      writeNow(source);
    } finally {
      timer.cancel();
    }
  }

  boolean isOpen() {
    return ended.get() == null;
  }

  int available() throws I2pException {
    check("available");
    return driver.available();
  }

  private void writeNow(ByteBuffer source) throws I2pException {
    try {
      driver.write(source);
    } catch (InterruptedException e) {
      throw interrupted("write");
    } catch (I2pException e) {
      throw failed("write", e);
    }
  }

  private I2pException interrupted(String what) {
    Thread.currentThread().interrupt();
    I2pException cause = Calls.interrupted(what);
    fail(cause);
    return cause;
  }

  private I2pException failed(String what, I2pException cause) {
    I2pException why = ended.get();
    return Calls.again(what, why == null ? cause : why);
  }

  private void check(String what) throws I2pException {
    I2pException why = ended.get();
    if (why != null) {
      throw Calls.again(what, why);
    }
  }

  private boolean end(I2pException why) {
    if (!ended.compareAndSet(null, why)) {
      return false;
    }
    owner.forget(this);
    Runnable action = atEnd;
    if (action != null) {
      action.run();
    }
    return true;
  }
}
