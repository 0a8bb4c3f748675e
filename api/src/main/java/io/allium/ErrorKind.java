package io.allium;

/**
 * What went wrong: where, and what a caller can do now.
 *
 * <p>{@link #place()} of a kind never changes between releases. New kinds may be added: a {@code switch} over kinds
 * needs a default branch, one over {@link Place} does not.
 */
public enum ErrorKind {
  /** A setting, URI or option is not usable as given: correct it. */
  CONFIG_INVALID(Place.US, false, false),
  /** A name, destination or address is malformed: check its text. */
  NAME_INVALID(Place.US, false, false),
  /** Keys are malformed, incomplete or expired, or a key file is damaged: check the file. */
  KEY_INVALID(Place.US, false, false),
  /** The datagram or message is larger than its format allows: send less at a time. */
  MESSAGE_TOO_LARGE(Place.US, false, false),
  /** The object was closed on our side, by another thread or by closing its owner. */
  CLOSED(Place.US, false, true),
  /** The thread was interrupted; its interrupt flag is still set, and every further call fails too: end the loop. */
  INTERRUPTED(Place.US, false, true),
  /** The provider or this router cannot do this: ask {@code I2p.capabilities()} first. */
  UNSUPPORTED(Place.US, false, false),
  /** A defect in Allium or a provider: please report it. */
  INTERNAL(Place.US, false, true),

  /** No router answered at the address: start it and enable the interface that the message names. */
  ROUTER_UNREACHABLE(Place.ROUTER, true, false),
  /** The router answered, but refused this program: wrong version or credentials. */
  ROUTER_REFUSED(Place.ROUTER, false, false),
  /** The router reported an error of its own; its text is in the message. */
  ROUTER_ERROR(Place.ROUTER, true, true),
  /**
   * The router dropped the session, restarted or went away: with {@link Recovery#ON} the session comes back, so try
   * again; without it, open a new session with the same keys.
   */
  SESSION_LOST(Place.ROUTER, true, true),
  /** The program that answered does not speak the protocol: check that this is the right port. */
  PROTOCOL_VIOLATION(Place.ROUTER, false, true),
  /** The router already has a session with this identifier: try again, and a new identifier is chosen. */
  ID_IN_USE(Place.ROUTER, true, false),
  /** A session with the same destination is already open on this router: close it first, or wait. */
  DESTINATION_IN_USE(Place.ROUTER, true, false),

  /** The router does not know this host name: check the spelling, or use the b32 address. */
  NAME_NOT_FOUND(Place.NETWORK, false, false),
  /** The destination exists but is not online, or its lease set cannot be found now: try again later. */
  LEASESET_NOT_FOUND(Place.NETWORK, true, false),
  /** The router could not build tunnels for the session in time: it may still be starting, try again. */
  TUNNELS_NOT_READY(Place.NETWORK, true, false),
  /** The deadline of this call passed: try again or allow more time. */
  TIMEOUT(Place.NETWORK, true, true),

  /** The peer cannot be reached now: it is offline, or its tunnels are not ready. Trying again may help. */
  PEER_UNREACHABLE(Place.PEER, true, false),
  /** The peer is reachable but nobody accepts streams there: it may accept later. Over SAM it looks like a plain end. */
  PEER_REFUSED(Place.PEER, true, false),
  /** The peer, or the network on its behalf, ended the stream before its end. Over SAM it looks like a plain end. */
  PEER_RESET(Place.PEER, true, true);

  /** Where an error happened. */
  public enum Place {
    /** This program, its configuration, or Allium itself. */
    US,
    /** The I2P router that this program uses, or the way to it. */
    ROUTER,
    /** The I2P network. */
    NETWORK,
    /** The other end. */
    PEER
  }

  private final Place place;
  private final boolean retryable;
  private final boolean outcomeUnknown;

  ErrorKind(Place place, boolean retryable, boolean outcomeUnknown) {
    this.place = place;
    this.retryable = retryable;
    this.outcomeUnknown = outcomeUnknown;
  }

  /**
   * Where the error happened.
   *
   * @return the place, the same in every release
   */
  public Place place() {
    return place;
  }

  /**
   * Whether the same call may succeed later without any change by the caller.
   *
   * @return true if trying again makes sense, after a pause
   */
  public boolean retryable() {
    return retryable;
  }

  /**
   * Whether a write or send that failed with this kind may still have reached the peer, wholly or in part.
   *
   * @return true if the peer may have received what was being written; false if it certainly did not
   */
  public boolean outcomeUnknown() {
    return outcomeUnknown;
  }
}
