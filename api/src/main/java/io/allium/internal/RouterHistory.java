package io.allium.internal;

import io.allium.RouterEvent;
import java.util.List;

/** The events of a router: a new listener is told the last one alone. */
final class RouterHistory implements EventQueue.History<RouterEvent> {
  private List<RouterEvent> last = List.of();

  @Override
  public boolean note(RouterEvent event) {
    if (!last.isEmpty() && isLast(last.getFirst())) {
      return false;
    }
    last = List.of(event);
    return true;
  }

  @Override
  public List<RouterEvent> events() {
    return last;
  }

  @Override
  public boolean isLast(RouterEvent event) {
    return event instanceof RouterEvent.Closed;
  }
}
