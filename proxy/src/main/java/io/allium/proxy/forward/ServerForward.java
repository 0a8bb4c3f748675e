package io.allium.proxy.forward;

import io.allium.Capability;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.ServeOptions;
import io.allium.proxy.internal.Sockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Makes a local TCP service available on I2P: each incoming stream becomes a connection to one local target.
 *
 * <p>Backpressure and the ends of directions go through as {@link ClientForward} describes, with one difference: if the
 * router has no {@link Capability#HALF_CLOSE} and the service ends its answer, the stream ends as soon as nothing has
 * come from the peer for 1 s. A stream whose target does not answer within 5 s is reset. At most 256 streams are
 * carried at once, 64 of one peer; a further stream of that peer waits up to 5 s, and is then reset. A peer that does
 * not read for 2 min loses its stream. For other limits use {@code serve} and {@link Relay#carry}. The local service
 * sees connections from this host, so it must not trust connections from loopback.
 */
public final class ServerForward implements AutoCloseable {
  /** A service on this host answers at once or not at all, and a peer should not wait for nothing. */
  static final Duration TARGET_TIMEOUT = Duration.ofSeconds(5);

  private static final System.Logger LOG = System.getLogger(ServerForward.class.getName());

  private final I2pAcceptor acceptor;
  private final InetSocketAddress target;
  private final AtomicBoolean down = new AtomicBoolean();

  private ServerForward(I2pAcceptor acceptor, InetSocketAddress target) {
    this.acceptor = acceptor;
    this.target = target;
  }

  /**
   * Opens a forward.
   *
   * @param session its destination becomes that of the service; stays open when the forward closes
   * @param port the I2P port, 0 for all
   * @param target the local service; each stream gets a new connection to it, and a name is resolved each time
   * @return to be closed by the caller
   * @throws I2pException as {@link I2pSession#listen}
   * @throws IllegalArgumentException if the target is an I2P name
   */
  public static ServerForward open(I2pSession session, int port, InetSocketAddress target)
      throws I2pException {
    Sockets.requireLocal(target);
    ServerForward forward = new ServerForward(session.listen(port), target);
    Thread.ofVirtual().name("allium-forward-serve").start(forward::serve);
    return forward;
  }

  /**
   * Where peers reach the service.
   *
   * @return the session's destination and the port
   */
  public I2pAddress address() {
    return acceptor.address();
  }

  /** Stops accepting; connections that are carried go on until they end or the session closes. Idempotent. */
  @Override
  public void close() {
    acceptor.close();
  }

  private void serve() {
    try {
      // how long its clients may be silent is the local service's to decide
      acceptor.serve(
          this::carry, ServeOptions.builder().readTimeout(Duration.ZERO).build());
    } catch (I2pException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the forward of " + acceptor.address() + " ended: " + e.getMessage());
    }
  }

  private void carry(I2pStream stream) {
    Socket local;
    try {
      local = Sockets.connect(target, TARGET_TIMEOUT);
      down.set(false);
    } catch (IOException e) {
      // the first one is news; peers, who bring about all others, must not fill the log
      LOG.log(
          down.getAndSet(true) ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
          "the local service does not answer: " + e.getMessage());
      stream.cancel();
      return;
    }
    new Relay(local, stream, Relay.Silence.OF_SERVICE, Witness.none()).run();
  }
}
