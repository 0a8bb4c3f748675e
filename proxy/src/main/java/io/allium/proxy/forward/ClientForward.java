package io.allium.proxy.forward;

import io.allium.Capability;
import io.allium.I2pAddress;
import io.allium.I2pSession;
import io.allium.I2pStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes an I2P service available on a local TCP port: each local connection becomes a stream to one target.
 *
 * <p>Backpressure goes through. The end of one direction goes through if the router has {@link Capability#HALF_CLOSE}.
 * If the router does not have it, a local program that ends its direction still gets the answer, if one comes within 30
 * s; if none comes, its connection is reset. The stream to the peer ends when nothing has come for 1 s after an answer.
 * A connection that cannot go on is reset. At most 256 connections are carried at once; further ones wait. Every local
 * user can use the port: bind it to loopback.
 *
 * <p>A service that came back elsewhere in the network is found again: when a stream has written and heard nothing for
 * 10 s, later streams come from a new session. It is like the first one but has a new address, and the forward closes it
 * when it is no longer needed. A session with keys that the program chose keeps its address. It finds such a service only
 * when its router does, which takes up to ten minutes on i2pd.
 */
public final class ClientForward implements AutoCloseable {
  /** Each connection costs a stream and two buffers. */
  static final int MAX_CONNECTIONS = 256;

  /** Until files or memory are free again. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final System.Logger LOG = System.getLogger(ClientForward.class.getName());

  /** i2pd repeats a lost first packet only after 9 s. */
  private static final Duration UNHEARD = Duration.ofSeconds(10);

  private final Route route;
  private final Duration unheard;
  private final I2pAddress target;
  private final ServerSocket listener;
  private final Semaphore free = new Semaphore(MAX_CONNECTIONS);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private ClientForward(
      I2pSession session, I2pAddress target, ServerSocket listener, Duration unheard) {
    route = new Route(session);
    this.unheard = unheard;
    this.target = target;
    this.listener = listener;
  }

  /**
   * Opens a forward on a free port of the loopback interface.
   *
   * @param session opens the streams; stays open when the forward closes
   * @param target the I2P service
   * @return to be closed by the caller
   * @throws IOException if no local port can be bound
   */
  public static ClientForward open(I2pSession session, I2pAddress target) throws IOException {
    return open(session, target, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /**
   * Opens a forward.
   *
   * @param session opens the streams; stays open when the forward closes
   * @param target the I2P service
   * @param local where to listen; port 0 takes a free port
   * @return to be closed by the caller
   * @throws IOException if the local port cannot be bound
   * @throws IllegalArgumentException if the local address is an I2P name
   */
  public static ClientForward open(I2pSession session, I2pAddress target, InetSocketAddress local)
      throws IOException {
    return open(session, target, local, UNHEARD);
  }

  /** As the others; a stream that heard nothing for so long after it wrote gets a new session for the next ones. */
  static ClientForward open(
      I2pSession session, I2pAddress target, InetSocketAddress local, Duration unheard)
      throws IOException {
    Objects.requireNonNull(target, "target");
    ServerSocket listener = new ServerSocket();
    try {
      listener.bind(Sockets.requireLocal(local));
    } catch (IOException e) {
      Sockets.close(listener);
      throw e;
    }
    ClientForward forward = new ClientForward(session, target, listener, unheard);
    Thread.ofVirtual().name("allium-forward-accept").start(forward::accept);
    return forward;
  }

  /**
   * Where local programs connect.
   *
   * @return the bound address with its real port
   */
  public InetSocketAddress localAddress() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  /** Stops listening and resets the connections it carries. Does not block. Idempotent. */
  @Override
  public void close() {
    Sockets.close(listener);
    open.forEach(Sockets::reset);
    route.close();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        free.acquire();
        Socket local = listener.accept();
        Thread.ofVirtual().name("allium-forward").start(() -> carry(local));
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

  private void carry(Socket local) {
    open.add(local);
    Route.Use use = route.take();
    try {
      local.setTcpNoDelay(true);
      I2pStream stream = use.session().connect(target);
      if (listener.isClosed()) {
        stream.cancel();
        Sockets.reset(local);
        return;
      }
      Witness witness = Witness.of(unheard, route::heard, () -> route.silent(use));
      new Relay(local, stream, Relay.Silence.OF_CLIENT, witness).run();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.INFO, "a connection was not carried: " + e.getMessage());
      Sockets.reset(local);
    } finally {
      route.giveBack(use);
      open.remove(local);
      Sockets.close(local);
      free.release();
    }
  }
}
