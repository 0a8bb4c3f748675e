package io.allium;

import io.allium.internal.StreamCore;
import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ByteChannel;
import java.time.Duration;

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
  private final StreamCore core;

  I2pStream(StreamCore core) {
    this.core = core;
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
    return core.input();
  }

  /**
   * What goes to the peer, unbuffered: one write is one message to the router. Writing blocks while the router takes
   * nothing more; some, such as i2pd, take everything, so that neither a write nor its timeout tells of a slow peer.
   * Fails as {@link #input()} does, but {@code TIMEOUT} closes the stream. Closing it closes the stream.
   *
   * @return always the same stream
   */
  public OutputStream output() {
    return core.output();
  }

  /**
   * Both directions as a channel, for programs that have their bytes in buffers: from and to a direct buffer, nothing is
   * copied on the way to the router. Reads, writes and closing mean the same as on {@link #input()} and {@link #output()};
   * a write takes the whole buffer.
   *
   * @return always the same channel
   */
  public ByteChannel channel() {
    return core.channel();
  }

  /**
   * Our end.
   *
   * @return the session's destination, and our port; 0 where the router has no ports
   */
  public I2pAddress local() {
    return core.local();
  }

  /**
   * The other end.
   *
   * @return its destination, and its port; 0 where the router has no ports
   */
  public I2pAddress remote() {
    return core.remote();
  }

  /**
   * Who is at the other end, as I2P proves: what to compare with the destinations that you know.
   *
   * @return its destination, the name of {@link #remote()}
   */
  public Destination peer() {
    return core.peer();
  }

  /**
   * Limits how long a read waits.
   *
   * @param timeout not negative; zero, the default but in a handler of {@code serve}, waits for ever
   */
  public void readTimeout(Duration timeout) {
    core.readTimeout(timeout);
  }

  /**
   * Limits how long a write waits while the router takes nothing: a slow peer that reads is not timed
   * out. Over SAM a platform thread writes 64 KiB at a time, and sees only whole pieces taken. A write that
   * fails with {@code TIMEOUT} closes the stream, since how much of it was sent is unknown.
   *
   * @param timeout not negative; zero, the default but in a handler of {@code serve}, waits for ever
   */
  public void writeTimeout(Duration timeout) {
    core.writeTimeout(timeout);
  }

  /**
   * Ends our direction: the peer reads what was written and then the end, and may go on sending. Idempotent.
   *
   * @throws I2pException {@code UNSUPPORTED} without {@link Capability#HALF_CLOSE}: end messages by their length
   *     instead; {@code CLOSED}, {@code PEER_RESET}, {@code SESSION_LOST}
   */
  public void shutdownOutput() throws I2pException {
    core.shutdownOutput();
  }

  /**
   * Whether {@link #shutdownOutput()} works on this stream.
   *
   * @return the same for the stream's life
   */
  public boolean canHalfClose() {
    return core.canHalfClose();
  }

  /**
   * Whether the peer ended its direction, once {@link #input()} has come to its end.
   *
   * @return {@code YES}; {@code NO} if it has not ended, or was cut; {@code CANNOT_KNOW} where an end looks like a cut ({@link Capability#CLEAN_END})
   */
  public Known endedCleanly() {
    return core.endedCleanly();
  }

  /**
   * Ends both directions at once; what is under way may be lost. Calls in progress on other threads fail with
   * {@code CLOSED}. Does not block. Idempotent.
   */
  public void cancel() {
    core.cancel();
  }

  /**
   * Ends both directions; what was written still reaches the peer as long as the session stays open. Calls in progress on
   * other threads fail with {@code CLOSED}. Does not block. Idempotent.
   */
  @Override
  public void close() {
    core.close();
  }

  /** Both addresses, shortened. */
  @Override
  public String toString() {
    return core.toString();
  }
}
