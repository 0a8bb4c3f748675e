package io.allium.memory;

import io.allium.Base32Address;
import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The destinations of a network that are online, and the router of each. Safe for use by several threads. */
final class OnlineSessions {
  private record Online(
      MemorySession session, String router, int ordinal, Map<String, String> published) {
    void lose(String why) {
      session.lose(new I2pException(ErrorKind.SESSION_LOST, why));
    }
  }

  private final Map<Destination, Online> online = new ConcurrentHashMap<>();
  private final AtomicInteger opened = new AtomicInteger();

  void add(MemorySession session, String router, Map<String, String> published)
      throws I2pException {
    Online entry = new Online(session, router, opened.incrementAndGet(), published);
    if (online.putIfAbsent(session.destination(), entry) != null) {
      throw new I2pException(
          ErrorKind.DESTINATION_IN_USE,
          "a session with this destination is already open: close it first");
    }
  }

  /** Its program may let go of a lost session when the destination is online again in another. */
  void remove(MemorySession session) {
    online.computeIfPresent(
        session.destination(), (key, entry) -> entry.session == session ? null : entry);
  }

  @Nullable
  MemorySession find(Destination destination) {
    Online entry = online.get(destination);
    return entry == null ? null : entry.session;
  }

  @Nullable
  Destination find(Base32Address address) {
    return online.keySet().stream().filter(address::matches).findFirst().orElse(null);
  }

  /** What the lease set of a destination publishes, if it is online. */
  Optional<Map<String, String>> published(Destination destination) {
    return Optional.ofNullable(online.get(destination)).map(Online::published);
  }

  /** The number of a session, in the order in which they came online; 0 once it is gone. */
  int ordinal(MemorySession session) {
    Online entry = online.get(session.destination());
    return entry == null ? 0 : entry.ordinal;
  }

  int count() {
    return online.size();
  }

  void loseAll(String why) {
    List.copyOf(online.values()).forEach(entry -> entry.lose(why));
  }

  void loseAll(String router, String why) {
    List.copyOf(online.values()).stream()
        .filter(entry -> entry.router.equals(router))
        .forEach(entry -> entry.lose(why));
  }
}
