package io.allium.spi;

import io.allium.Destination;
import io.allium.I2pException;
import io.allium.Known;
import java.nio.ByteBuffer;

/**
 * One stream. One thread may read while another writes; every other method may be called at any time.
 *
 * <p>An interrupt of a thread that is blocked in {@link #read} or {@link #write}, or enters one, ends the stream and
 * surfaces as {@link InterruptedException}, on virtual and platform threads alike.
 */
public interface StreamDriver {
  /**
   * The other end.
   *
   * @return its destination
   */
  Destination remote();

  /**
   * The other end's I2P port.
   *
   * @return 0–65535; 0 if it has none or the router does not say
   */
  int remotePort();

  /**
   * Our end's I2P port.
   *
   * @return 0–65535; for an incoming stream the port it was sent to, 0 if the router does not say
   */
  int localPort();

  /**
   * Reads at least one byte, waiting for it.
   *
   * @param target where bytes go; has room
   * @param timeoutNanos how long to wait at most, in nanoseconds; 0 waits for ever
   * @return how many bytes were read, or -1 at the end of the stream and after {@link #endInput()}
   * @throws I2pException {@code TIMEOUT} after the time, the stream stays usable; {@code PEER_RESET}, {@code
   *     SESSION_LOST}, {@code CLOSED}
   * @throws InterruptedException if the thread was interrupted; the stream is closed
   */
  int read(ByteBuffer target, long timeoutNanos) throws I2pException, InterruptedException;

  /**
   * Writes some of the buffer, waiting for room.
   *
   * @param source what to write; not empty
   * @param noProgressNanos how long to wait at most while nothing is taken, in nanoseconds; 0 waits for ever
   * @return how many bytes were taken, at least one
   * @throws I2pException {@code TIMEOUT} when nothing was taken for so long; {@code PEER_RESET}, {@code SESSION_LOST},
   *     {@code CLOSED}
   * @throws InterruptedException if the thread was interrupted; the stream is closed
   */
  int write(ByteBuffer source, long noProgressNanos) throws I2pException, InterruptedException;

  /**
   * Sends at once what the driver still keeps back in order to fill a packet.
   *
   * @throws I2pException {@code PEER_RESET}, {@code SESSION_LOST}, {@code CLOSED}
   */
  default void flush() throws I2pException {}

  /**
   * How many bytes can be read without waiting.
   *
   * @return a lower bound, 0 if unknown
   */
  int available();

  /** Nobody reads any more: a read in progress and every later one returns -1. Our direction goes on. Idempotent. */
  void endInput();

  /**
   * Whether one direction can end while the other goes on.
   *
   * @return the same for the stream's life
   */
  boolean canHalfClose();

  /**
   * Ends our direction only; called at most once, and only where {@link #canHalfClose()}.
   *
   * @throws I2pException {@code PEER_RESET}, {@code SESSION_LOST}, {@code CLOSED}
   */
  void shutdownOutput() throws I2pException;

  /**
   * Waits until the peer's router has everything that was written.
   *
   * @param call ends the wait early
   * @return {@code NO} if the stream ended before, or the call did; {@code CANNOT_KNOW} at once where nobody says
   * @throws InterruptedException if the thread was interrupted
   */
  Known awaitDelivered(Call call) throws InterruptedException;

  /**
   * Whether the peer ended its direction, once a read has returned -1.
   *
   * @return {@code NO} if it has not ended, or was cut; {@code CANNOT_KNOW} where a cut looks like an end
   */
  Known endedCleanly();

  /** Ends both directions; what was written still reaches the peer. Calls in progress fail. Does not wait. Idempotent. */
  void close();

  /** Ends both directions at once; what is on its way may be lost. Calls in progress fail. Does not wait. Idempotent. */
  void reset();
}
