package io.allium.proxy.socks;

import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.I2pStream;
import io.allium.proxy.ProxyOptions;
import io.allium.proxy.forward.Relay;
import io.allium.proxy.internal.LocalListener;
import io.allium.proxy.internal.Outbound;
import io.allium.proxy.internal.Sockets;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Programs that speak SOCKS 4A or SOCKS 5 reach I2P services by name: {@code example.i2p}, or a base 32 address of either
 * kind.
 *
 * <p>An IP address, in any notation, is refused (0x08), and so are other names (0x02), {@code BIND} and {@code UDP
 * ASSOCIATE} (0x07). Nothing is ever asked of the system's resolver. The user name of a program chooses the session: peers
 * of one user name cannot tell that the program with another one is on the same machine. All programs without a user name
 * share a session. A session is opened when it is first needed, which takes seconds, and is closed after 20 minutes
 * without a stream; there are 16 at most. A handshake must come within 15 s. At most 256 connections are carried at once;
 * further ones wait. What is carried goes through as {@link Relay#carry(Socket, I2pStream)} describes.
 *
 * <p>Every local user can use the port, unless {@link ProxyOptions} have a password: bind it to loopback. Safe for use by
 * several threads.
 */
public final class SocksProxy implements AutoCloseable {
  /** A program on this machine says all of it at once. */
  private static final Duration HANDSHAKE = Duration.ofSeconds(15);

  /** What browsers take for an IPv4 address too: the last part is a number, in any base (WHATWG URL, "ends in a number"). */
  private static final Pattern NUMBER =
      Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\\.?", Pattern.DOTALL);

  private static final System.Logger LOG = System.getLogger(SocksProxy.class.getName());

  private final Outbound outbound;
  private final ProxyOptions options;
  private final LocalListener listener;
  private final Duration patience;

  private SocksProxy(
      Outbound outbound, ProxyOptions options, LocalListener listener, Duration patience) {
    this.outbound = outbound;
    this.options = options;
    this.listener = listener;
    this.patience = patience;
  }

  /**
   * Opens a proxy on a free port of the loopback interface.
   *
   * @param i2p opens the sessions; stays open when the proxy closes
   * @return to be closed by the caller
   * @throws IOException if no local port can be bound
   */
  public static SocksProxy open(I2p i2p) throws IOException {
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
  public static SocksProxy open(I2p i2p, InetSocketAddress local, ProxyOptions options)
      throws IOException {
    return open(i2p, local, options, HANDSHAKE);
  }

  /** As the others; a handshake may take so long. */
  static SocksProxy open(I2p i2p, InetSocketAddress local, ProxyOptions options, Duration patience)
      throws IOException {
    Objects.requireNonNull(options, "options");
    LocalListener listener = LocalListener.bind(local, "allium-socks");
    SocksProxy proxy =
        new SocksProxy(new Outbound(i2p, options.session()), options, listener, patience);
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
      Optional<SocksRequest> request = shake(local);
      if (request.isPresent()) {
        connect(local, request.get());
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, () -> "a SOCKS client went away: " + e.getMessage());
      Sockets.reset(local);
    }
  }

  private Optional<SocksRequest> shake(Socket local) throws IOException {
    SocksHandshake handshake = new SocksHandshake(options);
    long end = System.nanoTime() + patience.toNanos();
    while (handshake.wanted() > 0) {
      byte[] answer = handshake.take(read(local, handshake.wanted(), end));
      if (answer.length > 0) {
        local.getOutputStream().write(answer);
      }
    }
    local.setSoTimeout(0);
    if (handshake.request().isEmpty()) {
      LOG.log(
          System.Logger.Level.DEBUG, () -> "a SOCKS client was refused: " + handshake.refusal());
      Sockets.closeAfterAnswer(local);
    }
    return handshake.request();
  }

  /** Who sends a byte now and then must not keep a place for ever: the limit is for all of the handshake. */
  private static byte[] read(Socket local, int count, long end) throws IOException {
    byte[] bytes = new byte[count];
    InputStream input = local.getInputStream();
    for (int done = 0; done < count; ) {
      long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      if (left <= 0) {
        throw new InterruptedIOException("the handshake did not come in time");
      }
      local.setSoTimeout((int) left);
      int more = input.read(bytes, done, count - done);
      if (more < 0) {
        throw new EOFException("the handshake ended early");
      }
      done += more;
    }
    return bytes;
  }

  private void connect(Socket local, SocksRequest request) throws IOException {
    I2pStream stream;
    try {
      stream = outbound.connect(
          Outbound.purpose(request.user()), I2pName.parse(request.host()), request.port());
    } catch (I2pException e) {
      LOG.log(System.Logger.Level.DEBUG, () -> "a SOCKS request failed: " + e.getMessage());
      local.getOutputStream().write(reply(e.kind(), request.host()).bytes(request.version()));
      Sockets.closeAfterAnswer(local);
      return;
    }
    try {
      if (listener.isClosed()) {
        throw new IOException("the proxy was closed");
      }
      local.getOutputStream().write(SocksReply.GRANTED.bytes(request.version()));
    } catch (IOException e) {
      stream.cancel();
      throw e;
    }
    Relay.carry(local, stream);
  }

  private static SocksReply reply(ErrorKind kind, String host) {
    boolean isOther = kind == ErrorKind.NAME_INVALID
        && !I2pName.isI2p(host)
        && host.indexOf(':') < 0
        && !NUMBER.matcher(host).matches();
    // a name of I2P that is misspelt cannot be reached, whatever the program does
    return isOther
        ? SocksReply.NOT_ALLOWED
        : kind == ErrorKind.NAME_INVALID && I2pName.isI2p(host)
            ? SocksReply.HOST_UNREACHABLE
            : SocksReply.of(kind);
  }
}
