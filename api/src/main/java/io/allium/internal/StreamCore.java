package io.allium.internal;

import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.Known;
import io.allium.internal.UnderWay.Heard;
import io.allium.internal.values.Checks;
import io.allium.spi.StreamDriver;
import io.allium.spi.support.End;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A stream of a session: its driver, its time-outs, and why it ended. */
public final class StreamCore implements StreamViews.Stream {
  /** What it is a part of. */
  interface Owner {
    /** It is over; called once. */
    void ended(StreamCore stream);

    /** It is over since it was closed, as {@link UnderWay#closed} says. */
    void closed(boolean wrote, Heard heard);
  }

  private final StreamDriver driver;
  private final Owner owner;
  private final I2pAddress local;
  private final I2pAddress remote;
  private final End end = new End();
  private final InputStream input = new StreamViews.Input(this);
  private final OutputStream output = new StreamViews.Output(this);
  private final ByteChannel channel = new StreamViews.Channel(this);
  private volatile @Nullable Runnable atEnd;
  private volatile long readTimeout;
  private volatile Duration writeTimeout = Duration.ZERO;
  private final AtomicBoolean outputShut = new AtomicBoolean();
  private volatile boolean wrote;
  private volatile Heard heard = Heard.NEVER;

  /**
   * An open stream.
   *
   * @param driver its driver
   * @param us our destination
   * @param owner told of its end
   */
  StreamCore(StreamDriver driver, Destination us, Owner owner) {
    this.driver = driver;
    this.owner = owner;
    local = I2pAddress.of(us, driver.localPort());
    remote = I2pAddress.of(driver.remote(), driver.remotePort());
  }

  /** Reads of the stream. */
  public InputStream input() {
    return input;
  }

  /** Writes to the stream. */
  public OutputStream output() {
    return output;
  }

  /** Both. */
  public ByteChannel channel() {
    return channel;
  }

  /** Our end. */
  public I2pAddress local() {
    return local;
  }

  /** The other end. */
  public I2pAddress remote() {
    return remote;
  }

  /** Who is at the other end. */
  public Destination peer() {
    return driver.remote();
  }

  /** Limits reads; zero for none. */
  public void readTimeout(Duration timeout) {
    readTimeout = Checks.nanos(Checks.notNegative(timeout, "readTimeout"));
  }

  /** Limits writes; zero for none. */
  public void writeTimeout(Duration timeout) {
    writeTimeout = Checks.notNegative(timeout, "writeTimeout");
  }

  /** Whether one direction can end alone. */
  public boolean canHalfClose() {
    return driver.canHalfClose();
  }

  /** Ends the peer's direction for us. */
  public void shutdownInput() throws I2pException {
    end.check("shutdownInput");
    driver.endInput();
  }

  /** Ends our direction. */
  public void shutdownOutput() throws I2pException {
    end.check("shutdownOutput");
    if (!driver.canHalfClose()) {
      throw new I2pException(
          ErrorKind.UNSUPPORTED,
          "this router cannot end one direction of a stream and keep the answer: mark the end of a message by its"
              + " length, or close the stream");
    }
    if (outputShut.compareAndSet(false, true)) {
      driver.shutdownOutput();
    }
  }

  /** Whether the peer's direction ended and was not cut. */
  public Known endedCleanly() {
    return driver.endedCleanly();
  }

  /** Ends it at once. */
  public void cancel() {
    if (ended(end.set(ErrorKind.CLOSED, "the stream was cancelled"))) {
      driver.reset();
    }
  }

  /** Ends it; what was written still arrives. */
  @Override
  public void close() {
    if (ended(end.set(ErrorKind.CLOSED, "the stream is closed"))) {
      driver.close();
      owner.closed(wrote, heard);
    }
  }

  /** Ends it because something above it ended. */
  void fail(I2pException cause) {
    if (ended(end.set(cause))) {
      driver.reset();
    }
  }

  /** Runs the action when the stream ends, at once if it has; it may run twice. */
  void onEnd(Runnable action) {
    atEnd = action;
    if (end.isSet()) {
      action.run();
    }
  }

  /** Both addresses, shortened. */
  @Override
  public String toString() {
    return "I2pStream[" + local + " - " + remote + (end.isSet() ? ", closed" : "") + "]";
  }

  @Override
  public int read(ByteBuffer target) throws I2pException {
    end.check("read");
    try {
      int count = driver.read(target, readTimeout);
      if (count < 0) {
        end.check("read");
      }
      heard = Heard.SINCE;
      return count;
    } catch (InterruptedException e) {
      throw interrupted("read");
    } catch (I2pException e) {
      throw failed("read", e);
    }
  }

  @Override
  public void write(ByteBuffer source) throws I2pException {
    end.check("write");
    if (outputShut.get()) {
      throw new I2pException(ErrorKind.CLOSED, "write: our direction of the stream was shut down");
    }
    Duration timeout = writeTimeout;
    long nanos = Checks.nanos(timeout);
    wrote = true;
    try {
      while (source.hasRemaining()) {
        driver.write(source, nanos);
      }
      if (heard == Heard.SINCE) {
        heard = Heard.BEFORE;
      }
    } catch (InterruptedException e) {
      throw interrupted("write");
    } catch (I2pException e) {
      if (e.kind() == ErrorKind.TIMEOUT) {
        // how much of it the router took is unknown
        fail(new I2pException(
            ErrorKind.TIMEOUT,
            "write: nothing was taken within " + Calls.text(timeout) + "; connect again"));
      }
      throw failed("write", e);
    }
  }

  @Override
  public void flush() throws I2pException {
    end.check("flush");
    try {
      driver.flush();
    } catch (I2pException e) {
      throw failed("flush", e);
    }
  }

  @Override
  public boolean isOpen() {
    return !end.isSet();
  }

  @Override
  public int available() throws I2pException {
    end.check("available");
    return driver.available();
  }

  private I2pException interrupted(String what) {
    Thread.currentThread().interrupt();
    I2pException cause = Calls.interrupted(what);
    fail(cause);
    return cause;
  }

  private I2pException failed(String what, I2pException cause) {
    I2pException why = end.why();
    return End.again(what, why == null ? cause : why);
  }

  private boolean ended(boolean now) {
    if (!now) {
      return false;
    }
    owner.ended(this);
    Runnable action = atEnd;
    if (action != null) {
      action.run();
    }
    return true;
  }
}
