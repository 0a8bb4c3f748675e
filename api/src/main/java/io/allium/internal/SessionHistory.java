package io.allium.internal;

import io.allium.SessionEvent;
import java.util.ArrayList;
import java.util.List;

/** The events of a session that a new listener is told: that it was opened, that it is away, that it ended. */
final class SessionHistory implements EventQueue.History<SessionEvent> {
  private final List<SessionEvent> past = new ArrayList<>(List.of(new SessionEvent.Ready()));

  @Override
  public boolean note(SessionEvent event) {
    if (isLast(past.getLast())) {
      return false; // a recovery and a close may cross: the end is the last that is told
    }
    if (event instanceof SessionEvent.Recovered) {
      past.removeLast(); // the loss is over: a program that runs for months must not collect them
    } else {
      past.add(event);
    }
    return true;
  }

  @Override
  public List<SessionEvent> events() {
    return List.copyOf(past);
  }

  @Override
  public boolean isLast(SessionEvent event) {
    return event instanceof SessionEvent.Closed;
  }
}
