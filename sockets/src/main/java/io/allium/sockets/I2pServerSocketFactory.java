package io.allium.sockets;

import io.allium.I2pSession;
import io.allium.guard.ResolverGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import javax.net.ServerSocketFactory;

/**
 * Sockets that accept the streams of a session: what servers take that accept blocking. The session belongs to who
 * opened it. Safe for use by several threads. See {@link I2pServerSocket#bind} for ports and addresses.
 */
public final class I2pServerSocketFactory extends ServerSocketFactory {
  private final I2pSession session;

  /**
   * Sockets of a session.
   *
   * @param session who is reached; stays open as long as the sockets are in use
   */
  public I2pServerSocketFactory(I2pSession session) {
    ResolverGuard.reportOthers();
    this.session = session;
  }

  /**
   * A socket that is not bound yet.
   *
   * @return to be bound, and closed by the caller
   */
  @Override
  public ServerSocket createServerSocket() throws IOException {
    return new I2pServerSocket(session);
  }

  /**
   * A socket that accepts on an I2P port.
   *
   * @param port 0–65535; 0 chooses a free one, and is the only one on routers without ports
   * @return to be closed by the caller
   * @throws IOException a {@link java.net.BindException} if the port has an acceptor already, or the session has ended
   */
  @Override
  public ServerSocket createServerSocket(int port) throws IOException {
    return bound(new InetSocketAddress(port));
  }

  /** As {@link #createServerSocket(int)}: how many streams wait is the session's affair, not the backlog's. */
  @Override
  public ServerSocket createServerSocket(int port, int backlog) throws IOException {
    return bound(new InetSocketAddress(port));
  }

  /** As {@link #createServerSocket(int, int)}; the address is null, the wildcard or loopback address. */
  @Override
  public ServerSocket createServerSocket(int port, int backlog, InetAddress ifAddress)
      throws IOException {
    return bound(new InetSocketAddress(ifAddress, port));
  }

  private ServerSocket bound(InetSocketAddress address) throws IOException {
    ServerSocket socket = createServerSocket();
    socket.bind(address);
    return socket;
  }
}
