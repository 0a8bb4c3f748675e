package io.allium.jetty;

import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.ServeOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * A Jetty connector that serves the streams of one I2P session, and no TCP port:
 *
 * <pre>{@code
 * var server = new Server(new VirtualThreadPool());
 * server.addConnector(new I2pConnector(server, session));
 * server.setHandler(handler);
 * server.start();
 * }</pre>
 *
 * <p>The remote address of a request is the peer's whole b32 address, as an unresolved {@link
 * java.net.InetSocketAddress}; nothing asks a resolver for it. {@link #peer} gives the peer as a typed value.
 *
 * <p>Starting it listens, and fails with an {@link I2pException} if the session is closed or somebody else listens at the
 * port. {@link ServeOptions} limit how many connections there are, how long one may be idle (its read timeout; an
 * application may change it for its request or WebSocket), and how long a write waits for a peer that takes nothing.
 * Stopping it refuses new streams at once. With {@link Server#setStopTimeout(long)}, requests in progress have so long to
 * finish; without, they are cut. The session stays open: close it after the server. When the session is lost and comes
 * back, the connector goes on by itself. When it is closed, the connector serves nobody any more.
 *
 * <p>Requests are handled on virtual threads, and a connection without a request costs one virtual thread. Safe for use by
 * several threads, as Jetty's own connectors are.
 */
public final class I2pConnector extends AbstractConnector {
  private static final System.Logger LOG = System.getLogger(I2pConnector.class.getName());
  private static final ThreadFactory THREADS =
      Thread.ofVirtual().name("allium-jetty-", 0).factory();
  private static final Executor EXECUTOR = task -> THREADS.newThread(task).start();

  /** A little more than what the API gives handlers when their acceptor closes. */
  private static final Duration LAST_STREAMS = Duration.ofSeconds(11);

  private final I2pSession session;
  private final int port;
  private final ServeOptions options;
  private volatile @Nullable I2pAcceptor acceptor;
  private volatile @Nullable Thread serving;

  /**
   * Serves HTTP/1.1 at every port where nobody else listens, with the default limits and {@link #httpConfiguration}.
   *
   * @param server to which the caller adds it
   * @param session whose streams are served; stays open when the server stops
   */
  public I2pConnector(Server server, I2pSession session) {
    this(server, session, 0, ServeOptions.defaults());
  }

  /**
   * Serves the given protocols.
   *
   * @param server to which the caller adds it
   * @param session whose streams are served; stays open when the server stops
   * @param port the I2P port, 0–65535; 0 for every port where nobody else listens
   * @param options limits of connections and of time
   * @param factories the protocols, the first one first; none for HTTP/1.1 with {@link #httpConfiguration}
   * @throws IllegalArgumentException if the port is out of range
   */
  public I2pConnector(
      Server server,
      I2pSession session,
      int port,
      ServeOptions options,
      ConnectionFactory... factories) {
    super(server, EXECUTOR, null, null, 0, protocols(session, factories));
    if (port < 0 || port > I2pAddress.MAX_PORT) {
      throw new IllegalArgumentException("An I2P port is a number from 0 to 65535, not " + port);
    }
    this.session = session;
    this.port = port;
    this.options = Objects.requireNonNull(options, "options");
    Duration idle = options.readTimeout();
    // less than a millisecond is not for ever
    setIdleTimeout(idle.isZero() ? 0 : Math.max(1, idle.toMillis()));
  }

  /**
   * How to speak HTTP on I2P: without the headers {@code Server}, {@code X-Powered-By} and {@code Date}, by which peers
   * learn the software and the clock, and with the session's b32 address where a request names no host.
   *
   * @param session whose address a redirect has if the request has no {@code Host}
   * @return a new one, to be changed as needed
   */
  public static HttpConfiguration httpConfiguration(I2pSession session) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setSendDateHeader(false);
    http.setServerAuthority(new HostPort(session.destination().base32().text()));
    return http;
  }

  /**
   * Who sent a request; I2P proves it.
   *
   * @param request any request
   * @return the peer's destination and port, or empty if the request did not come through a connector of this class
   */
  public static Optional<I2pAddress> peer(Request request) {
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    while (endPoint instanceof EndPoint.Wrapper wrapper) {
      endPoint = wrapper.unwrap();
    }
    return endPoint instanceof I2pEndPoint ours ? Optional.of(ours.peer()) : Optional.empty();
  }

  private static ConnectionFactory[] protocols(I2pSession session, ConnectionFactory... factories) {
    return factories.length > 0
        ? factories
        : new ConnectionFactory[] {new HttpConnectionFactory(httpConfiguration(session))};
  }

  /**
   * What carries the bytes.
   *
   * @return the session
   */
  @Override
  public Object getTransport() {
    return session;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    I2pAcceptor opened = session.listen(port);
    acceptor = opened;
    serving = Thread.ofVirtual().name("allium-jetty-acceptor-" + port).start(() -> serve(opened));
  }

  /** Nobody calls it: this connector has none of Jetty's acceptor threads. */
  @Override
  protected void accept(int acceptorId) {
    throw new UnsupportedOperationException("the session's acceptor hands streams over by itself");
  }

  /**
   * Refuses new streams. Connections without a request end after {@link #getShutdownIdleTimeout()}.
   *
   * @return done when there are no connections
   */
  @Override
  public CompletableFuture<Void> shutdown() {
    CompletableFuture<Void> done = super.shutdown();
    stopListening();
    return done;
  }

  @Override
  protected void doStop() throws Exception {
    stopListening();
    for (EndPoint endPoint : List.copyOf(getConnectedEndPoints())) {
      endPoint.close();
    }
    Thread thread = serving;
    if (thread != null) {
      thread.join(LAST_STREAMS);
    }
    super.doStop();
  }

  private void stopListening() {
    I2pAcceptor open = acceptor;
    if (open != null) {
      open.close();
    }
  }

  private void serve(I2pAcceptor open) {
    try {
      open.serve(this::serve, options);
      if (isRunning() && !isShutdown()) {
        LOG.log(
            System.Logger.Level.WARNING,
            "{0} serves nobody any more, since its session was closed: open a session and start a new server",
            open);
      }
    } catch (I2pException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          open + " serves nobody any more: open a session and start a new server",
          e);
    }
  }

  /** On a virtual thread that belongs to the stream; when this returns, the stream is closed. */
  private void serve(I2pStream stream) throws IOException {
    // Jetty's idle timeout is the limit: it knows what a silence means
    stream.readTimeout(Duration.ZERO);
    I2pEndPoint endPoint =
        new I2pEndPoint(this, stream, session.destination(), this::onEndPointClosed);
    endPoint.setIdleTimeout(getIdleTimeout());
    endPoint.onOpen();
    onEndPointOpened(endPoint);
    if (isShutdown()) {
      endPoint.close();
      return;
    }
    try {
      Connection connection = getDefaultConnectionFactory().newConnection(this, endPoint);
      endPoint.setConnection(connection);
      connection.onOpen();
      endPoint.readWhileOpen();
    } finally {
      endPoint.close();
    }
  }
}
