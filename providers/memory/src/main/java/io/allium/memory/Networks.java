package io.allium.memory;

import io.allium.spi.support.OrderedLock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The networks that {@code memory:NAME} finds: each is there from its first user to its last. */
final class Networks {
  private static final ReentrantLock LOCK = new OrderedLock(OrderedLock.Rank.REGISTRY);
  private static final Map<String, MemoryNetwork> BY_NAME = new HashMap<>();
  private static int unnamed;

  /** How a network with a name is made. */
  interface Maker {
    MemoryNetwork make(String name);
  }

  private Networks() {}

  /** A network that nobody names yet, with a first user. */
  static MemoryNetwork create(Maker maker) {
    LOCK.lock();
    try {
      String name;
      do {
        name = "network-" + ++unnamed;
      } while (BY_NAME.containsKey(name));
      MemoryNetwork network = maker.make(name);
      network.users = 1;
      BY_NAME.put(name, network);
      return network;
    } finally {
      LOCK.unlock();
    }
  }

  /** The network of that name with one user more, made if there is none. */
  static MemoryNetwork join(String name, Maker maker) {
    LOCK.lock();
    try {
      MemoryNetwork network = BY_NAME.computeIfAbsent(name, maker::make);
      network.users++;
      return network;
    } finally {
      LOCK.unlock();
    }
  }

  /** This network with one user more; it is found by its name again, unless another one has it by now. */
  static void join(MemoryNetwork network) {
    LOCK.lock();
    try {
      network.users++;
      BY_NAME.putIfAbsent(network.name(), network);
    } finally {
      LOCK.unlock();
    }
  }

  static void leave(MemoryNetwork network) {
    LOCK.lock();
    try {
      if (--network.users <= 0) {
        BY_NAME.remove(network.name(), network);
      }
    } finally {
      LOCK.unlock();
    }
  }
}
