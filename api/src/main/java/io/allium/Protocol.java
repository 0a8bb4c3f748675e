package io.allium;

/** What a destination can carry: chosen for a session with {@link SessionConfig.Builder#protocols}. */
public enum Protocol {
  /** Streams, like TCP. */
  STREAM,
  /** Repliable, authenticated datagrams. */
  DATAGRAM,
  /** Repliable, authenticated, replay-safe datagrams. */
  DATAGRAM2,
  /** Repliable, unauthenticated datagrams. */
  DATAGRAM3,
  /** Datagrams without a sender. */
  RAW
}
