package io.allium;

import java.util.Objects;

/** What happens to a session over its life: {@link I2pSession#onEvent}. */
public sealed interface SessionEvent {
  /** The destination is online; the first event of every session. */
  record Ready() implements SessionEvent {}

  /**
   * The router dropped the session.
   *
   * @param cause why
   */
  record Lost(I2pException cause) implements SessionEvent {
    /** Refuses null. */
    public Lost {
      Objects.requireNonNull(cause, "cause");
    }
  }

  /** The session is online again with the same destination. */
  record Recovered() implements SessionEvent {}

  /** The session ended for good; the last event. */
  record Closed() implements SessionEvent {}
}
