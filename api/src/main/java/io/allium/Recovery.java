package io.allium;

/** What a session does when the router drops it: {@link SessionConfig.Builder#recovery}. */
public enum Recovery {
  /**
   * It comes back with the same keys, as soon as the router can: {@link SessionEvent.Lost}, then {@link
   * SessionEvent.Recovered}. Its streams fail with the cause. Acceptors, datagram ports and waiting calls go on when it
   * is back. A router that is away is asked again within a sixteenth of the time it has been away, and at least every 5
   * minutes. A router that refuses is asked again after 1 s, then each time after twice as long, up to 5 minutes. The
   * session ends only if its keys are refused, or the router can no longer do what its settings ask for.
   */
  ON,
  /**
   * It ends: {@link SessionEvent.Lost}, then {@link SessionEvent.Closed}. Each of its streams, acceptors and ports
   * fails with the cause.
   */
  NONE
}
