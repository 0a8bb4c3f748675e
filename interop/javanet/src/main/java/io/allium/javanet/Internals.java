package io.allium.javanet;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.i2p.data.router.RouterInfo;
import net.i2p.router.CommSystemFacade;
import net.i2p.router.NetworkDatabaseFacade;
import net.i2p.router.Router;
import net.i2p.router.RouterContext;
import net.i2p.router.networkdb.kademlia.DataStore;
import net.i2p.router.networkdb.kademlia.KademliaNetworkDatabaseFacade;
import net.i2p.router.transport.CommSystemFacadeImpl;
import net.i2p.router.transport.TransportManager;
import net.i2p.router.transport.ntcp.NTCPTransport;
import org.jspecify.annotations.Nullable;

/** Everything that this module reads or sets in private fields of net.i2p, and nowhere else. */
final class Internals {
  /** The version whose private fields are used here. For another one, look at each field of this class again. */
  static final String VERSION = "2.7.0";

  /** How many look-ups through one tunnel a floodfill answers in its first two minutes. */
  private static final int LOOKUPS = 10_000;

  private Internals() {}

  /** @throws IllegalStateException when another version of net.i2p is on the class path */
  static void checkVersion() {
    // Read at run time: the compiler would copy a constant.
    checkVersion((String) get(type("net.i2p.CoreVersion"), "VERSION", null));
    checkVersion((String) get(type("net.i2p.router.RouterVersion"), "VERSION", null));
  }

  static void checkVersion(String found) {
    if (!found.equals(VERSION)) {
      throw new IllegalStateException("the network of Java routers is made for net.i2p " + VERSION
          + ", and " + found + " is on the class path: use that version, or check the private"
          + " fields that io.allium.javanet.Internals uses and change its version");
    }
  }

  static void setCommSystem(RouterContext context, CommSystemFacade system) {
    set(RouterContext.class, "_commSystem", context, system);
  }

  /**
   * Without this, a floodfill answers no look-up in its first two minutes.
   *
   * @return whether the database has come so far that this could be set
   */
  static boolean answerLookups(NetworkDatabaseFacade database) {
    Object throttler = find(database.getClass(), "_lookupThrottler", database);
    if (throttler == null) {
      return false;
    }
    set(throttler.getClass(), "_max", throttler, LOOKUPS);
    return true;
  }

  /** Puts descriptions of routers into the database of a session. */
  static void describe(NetworkDatabaseFacade database, Collection<RouterInfo> routers) {
    DataStore entries = (DataStore) get(KademliaNetworkDatabaseFacade.class, "_ds", database);
    routers.forEach(router -> entries.put(router.getHash(), router));
  }

  /**
   * Lets the router's own NTCP2 connections come from this address: i2pd ends those that come from another than the published
   * one.
   *
   * @return whether the router has come so far that this could be set
   */
  static boolean dialFrom(RouterContext context, InetAddress address) {
    Object transport = ((Map<?, ?>) get(
            TransportManager.class,
            "_transports",
            get(CommSystemFacadeImpl.class, "_manager", context.commSystem())))
        .get("NTCP");
    if (transport == null) {
      return false;
    }
    Object pumper = get(NTCPTransport.class, "_pumper", transport);
    set(pumper.getClass(), "_wantsConRegister", pumper, new BoundDials(address));
    return true;
  }

  /** Whether the router listens for I2CP clients. */
  static boolean listens(RouterContext context) {
    Object manager = find(context.clientManager().getClass(), "_manager", context.clientManager());
    if (manager == null) {
      return false;
    }
    synchronized (manager) {
      return listeners(manager).stream()
          .anyMatch(listener -> (boolean) get(listenerType(), "_listening", listener));
    }
  }

  /** Takes no new I2CP client; one that came just now is served yet, until {@link #listens} says that no more are. */
  static void stopListening(RouterContext context) throws IOException {
    Object manager = find(context.clientManager().getClass(), "_manager", context.clientManager());
    if (manager != null) {
      synchronized (manager) {
        for (Object listener : listeners(manager)) {
          set(listenerType(), "_running", listener, false);
          close((AutoCloseable) find(listenerType(), "_socket", listener));
        }
      }
    }
  }

  /** Ends all I2CP connections without a word, as the death of the process would. */
  static void cutClients(RouterContext context) throws IOException {
    Object manager = find(context.clientManager().getClass(), "_manager", context.clientManager());
    if (manager == null) {
      return;
    }
    Set<Object> connections =
        new HashSet<>(((Map<?, ?>) get(manager.getClass(), "_runners", manager)).values());
    Collection<?> pending = (Collection<?>) get(manager.getClass(), "_pendingRunners", manager);
    synchronized (pending) {
      connections.addAll(pending);
    }
    Class<?> type = type("net.i2p.router.client.ClientConnectionRunner");
    for (Object connection : connections) {
      close((Socket) get(type, "_socket", connection));
    }
  }

  /** The thread that waits for an orderly shutdown, and would wait for ever. */
  static Thread shutdownDetector(Router router) {
    return (Thread) get(Router.class, "_gracefulShutdownDetector", router);
  }

  private static Collection<?> listeners(Object manager) {
    return List.copyOf((Collection<?>) get(manager.getClass(), "_listeners", manager));
  }

  private static Class<?> listenerType() {
    return type("net.i2p.router.client.ClientListenerRunner");
  }

  private static void close(@Nullable AutoCloseable socket) throws IOException {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object get(Class<?> type, String name, @Nullable Object owner) {
    return Objects.requireNonNull(find(type, name, owner), name);
  }

  private static @Nullable Object find(Class<?> type, String name, @Nullable Object owner) {
    try {
      return field(type, name).get(owner);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void set(Class<?> type, String name, Object owner, Object value) {
    try {
      field(type, name).set(owner, value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Field field(Class<?> type, String name) throws NoSuchFieldException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }
}
