package io.allium.javanet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.i2p.data.Hash;
import org.jspecify.annotations.Nullable;

/** The links of one network: who is up, by the hash of its identity. */
final class MemoryLinks {
  /** A router's end of its links. */
  interface End {
    /** Whether it had room for the message. */
    boolean take(Hash from, byte[] message);

    /** The IPv4 address that the router publishes. */
    byte[] host();
  }

  private final Map<Hash, End> up = new ConcurrentHashMap<>();

  void add(Hash router, End end) {
    up.put(router, end);
  }

  void remove(Hash router, End end) {
    up.remove(router, end);
  }

  boolean isUp(Hash router) {
    return up.containsKey(router);
  }

  /** Whether the message was taken; nobody takes it where the router is down or overloaded. */
  boolean send(Hash from, Hash to, byte[] message) {
    End end = up.get(to);
    return end != null && end.take(from, message);
  }

  List<Hash> othersThan(Hash router) {
    List<Hash> others = new ArrayList<>(up.keySet());
    others.remove(router);
    return others;
  }

  byte @Nullable [] host(Hash router) {
    End end = up.get(router);
    return end == null ? null : end.host();
  }
}
