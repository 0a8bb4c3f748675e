package io.allium;

/** What a session does when the router drops it: {@link SessionConfig.Builder#recovery}. */
public enum Recovery {
  /**
   * It comes back with the same keys, as soon as the router can: {@link SessionEvent.Lost}, then {@link
   * SessionEvent.Recovered}. Its streams fail with the cause; acceptors, datagram ports and calls that wait go on when it
   * is back. A router that is away is asked again within a sixteenth of the time it has been away, at least every 5
   * minutes; one that refuses is tried again after 1 s, then twice as long up to 5 minutes. Only keys, settings or a
   * router that cannot do any more what they ask for end the session.
   */
  ON,
  /** It ends: {@link SessionEvent.Lost}, {@link SessionEvent.Closed}, and every stream, acceptor and port of it fails with the cause. */
  NONE
}
