package io.allium.spi;

import io.allium.Destination;
import io.allium.I2pException;
import io.allium.Registration;

/** An incoming stream that the program has not yet taken; it is answered or refused, once. */
public interface Offer {
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
   * The port that it was sent to.
   *
   * @return 0–65535; 0 if the router does not say
   */
  int localPort();

  /**
   * Whether the peer was told already that the stream is open, by its router or ours.
   *
   * @return true where the program cannot decide it, as over SAM
   */
  boolean answered();

  /**
   * Takes the stream; the peer learns that it is open, if its router has not said so.
   *
   * @return the stream
   * @throws I2pException {@code PEER_RESET} or {@code SESSION_LOST} when it is gone
   */
  StreamDriver answer() throws I2pException;

  /**
   * Refuses it: the peer learns that nobody listens. If the router has already answered, the peer finds a broken
   * stream.
   */
  void refuse();

  /**
   * Runs the task when the stream is gone before it was answered: the peer gave up, or the session ended. Runs it at
   * once if that has happened already.
   *
   * @param quick returns at once
   * @return a registration; closing it cancels this
   */
  Registration onGone(Runnable quick);
}
