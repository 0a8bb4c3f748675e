package io.allium.proxy.http;

import io.allium.I2p;
import io.allium.proxy.ProxyOptions;
import io.allium.proxy.internal.LocalListener;
import io.allium.proxy.internal.Outbound;
import io.allium.proxy.internal.Sockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;

/**
 * Browsers and HTTP clients reach I2P sites: {@code http://example.i2p/}, base 32 addresses of either kind, and {@code
 * CONNECT} to them for https. Every other host, and so every IP address, gets a page that says 403. Nothing is ever asked
 * of the system's resolver.
 *
 * <p>A site sees little of the program. Of a request's headers, those go through that sites need, such as {@code Cookie},
 * {@code Authorization}, {@code Content-Type}, {@code Range} and conditions; {@code User-Agent} is the same for all, and
 * {@code Referer} and {@code Origin} are told only to the site that they name. {@code Accept} and {@code Accept-Language}
 * are left out. What goes through {@code CONNECT} is not looked at.
 *
 * <p>A link with {@code i2paddresshelper} says what a host name stands for; the proxy remembers it until it closes. A name
 * that means something else already is changed only when the user says so on a page. A site is never told the name that
 * such a link gave it: its {@code Host} is then its b32 address.
 *
 * <p>Connections are kept on both sides, and each request of one is read and checked by itself. The headers of a request
 * have at most 32 KiB and 60 lines and must come within 15 s. A request whose length could be understood in two ways is
 * refused. At most 256 connections are carried at once; further ones wait. The user name of {@code Proxy-Authorization}
 * (Basic) chooses the session, as in {@code SocksProxy}: sessions are opened when they are first needed, are closed after
 * 20 minutes without a stream, and are 16 at most.
 *
 * <p>Every local user can use the port, unless {@link ProxyOptions} have a password: bind it to loopback. Safe for use by
 * several threads.
 */
public final class HttpProxy implements AutoCloseable {
  /** A program on this machine says all of it at once. */
  private static final Duration HEAD = Duration.ofSeconds(15);

  private static final System.Logger LOG = System.getLogger(HttpProxy.class.getName());

  private final Outbound outbound;
  private final ProxyOptions options;
  private final LocalListener listener;
  private final Nicknames nicknames;
  private final Duration patience;

  private HttpProxy(
      Outbound outbound, ProxyOptions options, LocalListener listener, Duration patience) {
    this.outbound = outbound;
    this.options = options;
    this.listener = listener;
    this.patience = patience;
    nicknames = new Nicknames(outbound);
  }

  /**
   * Opens a proxy on a free port of the loopback interface.
   *
   * @param i2p opens the sessions; stays open when the proxy closes
   * @return to be closed by the caller
   * @throws IOException if no local port can be bound
   */
  public static HttpProxy open(I2p i2p) throws IOException {
    return open(
        i2p, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), ProxyOptions.defaults());
  }

  /**
   * Opens a proxy.
   *
   * @param i2p opens the sessions; stays open when the proxy closes
   * @param local where to listen; port 0 takes a free port
   * @param options sessions and password
   * @return to be closed by the caller
   * @throws IOException if the local port cannot be bound
   * @throws IllegalArgumentException if the local address is an I2P name
   */
  public static HttpProxy open(I2p i2p, InetSocketAddress local, ProxyOptions options)
      throws IOException {
    return open(i2p, local, options, HEAD);
  }

  /** As the others; the head of a request may take so long. */
  static HttpProxy open(I2p i2p, InetSocketAddress local, ProxyOptions options, Duration patience)
      throws IOException {
    Objects.requireNonNull(options, "options");
    LocalListener listener = LocalListener.bind(local, "allium-http");
    HttpProxy proxy =
        new HttpProxy(new Outbound(i2p, options.session()), options, listener, patience);
    listener.start(proxy::serve);
    return proxy;
  }

  /**
   * Where local programs connect.
   *
   * @return the bound address with its real port
   */
  public InetSocketAddress localAddress() {
    return listener.address();
  }

  /** Stops listening, resets the connections it carries, and closes its sessions. Does not block. Idempotent. */
  @Override
  public void close() {
    listener.close();
    outbound.close();
  }

  private void serve(Socket local) {
    try {
      local.setTcpNoDelay(true);
      new Conversation(local, outbound, options, nicknames, patience).run();
    } catch (IOException e) {
      // an end here might look like the end of a page
      LOG.log(System.Logger.Level.DEBUG, () -> "an HTTP client was cut off: " + e.getMessage());
      Sockets.reset(local);
    }
  }
}
