package io.allium;

import java.util.Objects;

/**
 * How a session is now. The counters start at 0 when it opens.
 *
 * @param state whether the destination is online
 * @param openStreams streams that are open now
 * @param connected streams opened by us so far
 * @param accepted incoming streams handed to the program so far
 * @param waiting incoming streams that wait for an acceptor now
 * @param refused incoming streams refused so far: nobody accepted them in time, too many waited, their peer already had
 *     its share of {@code serve}, or nobody listens on their port
 * @param recovered how often the session was lost and came back so far
 */
public record SessionStatus(
    State state,
    int openStreams,
    long connected,
    long accepted,
    int waiting,
    long refused,
    long recovered) {
  /** Refuses null. */
  public SessionStatus {
    Objects.requireNonNull(state, "state");
  }

  /** The life of a session. */
  public enum State {
    /** The destination is online. */
    ONLINE,
    /** The router dropped the session, and it is being opened again: {@link Recovery#ON}. */
    RECOVERING,
    /** The router dropped the session for good. */
    LOST,
    /** The session was closed. */
    CLOSED
  }
}
