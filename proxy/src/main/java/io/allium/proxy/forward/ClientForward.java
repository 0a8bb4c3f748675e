package io.allium.proxy.forward;

import io.allium.Capability;
import io.allium.I2pAddress;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.proxy.internal.LocalListener;
import io.allium.proxy.internal.Sockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;

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
  private static final System.Logger LOG = System.getLogger(ClientForward.class.getName());

  /** i2pd repeats a lost first packet only after 9 s. */
  private static final Duration UNHEARD = Duration.ofSeconds(10);

  private final Route route;
  private final Duration unheard;
  private final I2pAddress target;
  private final LocalListener listener;

  private ClientForward(
      I2pSession session, I2pAddress target, LocalListener listener, Duration unheard) {
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
    LocalListener listener = LocalListener.bind(local, "allium-forward");
    ClientForward forward = new ClientForward(session, target, listener, unheard);
    listener.start(forward::carry);
    return forward;
  }

  /**
   * Where local programs connect.
   *
   * @return the bound address with its real port
   */
  public InetSocketAddress localAddress() {
    return listener.address();
  }

  /** Stops listening and resets the connections it carries. Does not block. Idempotent. */
  @Override
  public void close() {
    listener.close();
    route.close();
  }

  private void carry(Socket local) {
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
    }
  }
}
