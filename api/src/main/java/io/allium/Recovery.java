package io.allium;

/** What a session does when the router drops it: {@link SessionConfig.Builder#recovery}. */
public enum Recovery {
  /** It comes back with the same keys, as soon as the router does. Not yet available: opening answers UNSUPPORTED. */
  ON,
  /** It ends: {@link SessionEvent.Lost}, and every stream, acceptor and port of it fails with the cause. */
  NONE
}
