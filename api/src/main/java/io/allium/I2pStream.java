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
 * <p>One thread may read while another writes; everything else may be called by any thread at any time. Ways to end
 * it:
 *
 * <ul>
 *   <li>{@link #shutdownOutput()}: we are done writing, the peer reads to the end and may go on answering;
 *   <li>{@link #shutdownInput()}: we read no more, and may go on writing;
 *   <li>{@link #close()}: we are done with both directions; what we wrote still reaches the peer as long as the session
 *       stays open;
 *   <li>{@link #cancel()}: at once, in both directions; what is on its way may be lost.
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
   * What the peer sends. A read blocks until a byte comes, the stream ends, the read timeout passes, or the read fails.
   * A failure is an {@link I2pException}: {@code TIMEOUT} (the stream stays usable), {@code SESSION_LOST}, {@code
   * PEER_RESET}, {@code CLOSED}, or {@code INTERRUPTED} (the stream is closed). Closing this input closes the stream.
   * SAM does not say why a stream ended: if the peer reset, refused or lost it, the stream looks as if the peer had
   * finished. So over SAM the end alone proves nothing.
   *
   * @return always the same stream
   */
  public InputStream input() {
    return core.input();
  }

  /**
   * What goes to the peer, unbuffered: one write is one message to the router. A write blocks while the router takes
   * nothing more. Some routers, such as i2pd, take everything: then neither a write nor its timeout shows that a peer
   * is slow. Writes fail as reads of {@link #input()} do, but {@code TIMEOUT} closes the stream. Closing this output
   * closes the stream.
   *
   * @return always the same stream
   */
  public OutputStream output() {
    return core.output();
  }

  /**
   * Both directions as a channel, for programs that have their bytes in buffers. With a direct buffer, nothing is
   * copied on the way to and from the router. Reads, writes and closing mean the same as on {@link #input()} and {@link
   * #output()}; a write takes the whole buffer.
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
   * Who is at the other end; I2P proves it. Compare this with the destinations that you know.
   *
   * @return its destination, the name of {@link #remote()}
   */
  public Destination peer() {
    return core.peer();
  }

  /**
   * Limits how long a read waits.
   *
   * @param timeout not negative; zero waits for ever, and is the default except in a handler of {@code serve}
   */
  public void readTimeout(Duration timeout) {
    core.readTimeout(timeout);
  }

  /**
   * Limits how long a write waits while the router takes nothing: a slow peer that reads is not timed out. Over SAM a
   * platform thread writes pieces of 64 KiB, and notices only when a whole piece was taken. A write that fails with
   * {@code TIMEOUT} closes the stream, since nobody knows how much of it was sent.
   *
   * @param timeout not negative; zero waits for ever, and is the default except in a handler of {@code serve}
   */
  public void writeTimeout(Duration timeout) {
    core.writeTimeout(timeout);
  }

  /**
   * We read no more: what the peer sends from now on is thrown away. A read in progress on another thread, and every
   * later one, returns -1. Our direction goes on. Does not block. Idempotent.
   *
   * @throws I2pException {@code CLOSED}, {@code PEER_RESET}, {@code SESSION_LOST}: the stream has ended already
   */
  public void shutdownInput() throws I2pException {
    core.shutdownInput();
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
   * @return {@code YES}; {@code NO} if it has not ended, or was cut; {@code CANNOT_KNOW} where a cut looks like an end
   *     ({@link Capability#CLEAN_END})
   */
  public Known endedCleanly() {
    return core.endedCleanly();
  }

  /**
   * Ends both directions at once; what is on its way may be lost. Calls in progress on other threads fail with {@code
   * CLOSED}. Does not block. Idempotent.
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
