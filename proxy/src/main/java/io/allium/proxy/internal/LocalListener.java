package io.allium.proxy.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Local connections, each on a thread of its own, closed when that returns. */
public final class LocalListener implements AutoCloseable {
  /** Each connection costs a stream and two buffers. */
  private static final int MAX_CONNECTIONS = 256;

  /** Until files or memory are free again. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final System.Logger LOG = System.getLogger(LocalListener.class.getName());

  private final ServerSocket listener;
  private final String name;
  private final Semaphore free = new Semaphore(MAX_CONNECTIONS);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private LocalListener(ServerSocket listener, String name) {
    this.listener = listener;
    this.name = name;
  }

  /** Takes a local port; an I2P name is an {@link IllegalArgumentException}. */
  public static LocalListener bind(InetSocketAddress local, String name) throws IOException {
    ServerSocket listener = new ServerSocket();
    try {
      listener.bind(Sockets.requireLocal(local));
    } catch (IOException | RuntimeException e) {
      Sockets.close(listener);
      throw e;
    }
    return new LocalListener(listener, name);
  }

  /** Hands on what comes; further connections wait while the maximum is carried. */
  public void start(Consumer<Socket> carry) {
    Thread.ofVirtual().name(name + "-accept").start(() -> accept(carry));
  }

  /** The bound address with its real port. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  /** Whether it was closed. */
  public boolean isClosed() {
    return listener.isClosed();
  }

  /** Stops listening, and resets what is carried. Does not block. Idempotent. */
  @Override
  public void close() {
    Sockets.close(listener);
    open.forEach(Sockets::reset);
  }

  private void accept(Consumer<Socket> carry) {
    while (!listener.isClosed()) {
      try {
        free.acquire();
        Socket local = listener.accept();
        Thread.ofVirtual().name(name).start(() -> carry(local, carry));
      } catch (IOException e) {
        free.release();
        if (!listener.isClosed()) {
          LOG.log(
              System.Logger.Level.WARNING,
              "a local connection could not be accepted: " + e.getMessage());
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void carry(Socket local, Consumer<Socket> carry) {
    open.add(local);
    try {
      if (listener.isClosed()) {
        Sockets.reset(local);
      } else {
        carry.accept(local);
      }
    } finally {
      open.remove(local);
      Sockets.close(local);
      free.release();
    }
  }
}
