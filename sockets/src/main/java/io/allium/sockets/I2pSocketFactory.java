package io.allium.sockets;

import io.allium.ConnectOptions;
import io.allium.I2pSession;
import io.allium.guard.ResolverGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;

/**
 * Sockets that connect over a session: what OkHttp, JDBC drivers and other libraries take. One session is one identity,
 * so give each purpose a factory of its own. Not closed with its sockets, nor they with it: the session belongs to who
 * opened it. Safe for use by several threads. A library that wants the name of a class with a constructor of its own
 * takes a subclass.
 *
 * <p>Everything that takes an {@link InetAddress} as the peer fails: such a peer is not on I2P.
 */
public class I2pSocketFactory extends SocketFactory {
  private final I2pSession session;
  private final ConnectOptions options;

  /**
   * Sockets of a session, which connect within 90 s unless the library says less.
   *
   * @param session whose destination all peers see; stays open as long as the sockets are in use
   */
  public I2pSocketFactory(I2pSession session) {
    this(session, ConnectOptions.defaults());
  }

  /**
   * Sockets of a session.
   *
   * @param session whose destination all peers see; stays open as long as the sockets are in use
   * @param options the timeout of a connect for which the library gives none, access to b33 addresses, local port
   */
  public I2pSocketFactory(I2pSession session, ConnectOptions options) {
    ResolverGuard.reportOthers();
    this.session = session;
    this.options = options;
  }

  /** A socket that is not connected yet. */
  @Override
  public Socket createSocket() throws SocketException {
    return new I2pSocket(session, options);
  }

  /**
   * A connected socket.
   *
   * @param host an I2P name: host name, b32 address or destination
   * @param port the peer's I2P port
   */
  @Override
  public Socket createSocket(String host, int port) throws IOException {
    Socket socket = createSocket();
    socket.connect(InetSocketAddress.createUnresolved(host, port));
    return socket;
  }

  /**
   * A connected socket.
   *
   * @param host an I2P name: host name, b32 address or destination
   * @param port the peer's I2P port
   * @param localHost null, or the wildcard address
   * @param localPort our I2P port; 0 leaves it open
   */
  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    Socket socket = createSocket();
    socket.bind(new InetSocketAddress(localHost, localPort));
    socket.connect(InetSocketAddress.createUnresolved(host, port));
    return socket;
  }

  /** Fails: an IP address is no peer of I2P. */
  @Override
  public Socket createSocket(InetAddress host, int port) throws SocketException {
    throw Names.ipAddress();
  }

  /** Fails: an IP address is no peer of I2P. */
  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws SocketException {
    throw Names.ipAddress();
  }
}
