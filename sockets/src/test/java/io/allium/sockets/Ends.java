package io.allium.sockets;

import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.memory.MemoryNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.SocketFactory;

/** Two connected sockets, and what makes more of them: those of the machine's network, or ours. */
final class Ends implements AutoCloseable {
  final Socket client;
  final Socket server;
  final ServerSocket listener;
  private final SocketFactory sockets;
  private final ServerSocketFactory servers;
  private final SocketAddress nobody;
  private final SocketAddress unknown;
  private final List<AutoCloseable> open = new ArrayList<>();

  private Ends(
      SocketFactory sockets,
      ServerSocketFactory servers,
      SocketAddress nobody,
      SocketAddress unknown,
      List<AutoCloseable> under)
      throws IOException {
    this.sockets = sockets;
    this.servers = servers;
    this.nobody = nobody;
    this.unknown = unknown;
    open.addAll(under);
    listener = listening();
    client = connected(listener);
    server = listener.accept();
    open.add(server);
  }

  static Ends ofTheJdk() throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    int closed;
    try (ServerSocket gone = new ServerSocket(0, 1, loopback)) {
      closed = gone.getLocalPort();
    }
    return new Ends(
        SocketFactory.getDefault(),
        new OnLoopback(loopback),
        new InetSocketAddress(loopback, closed),
        InetSocketAddress.createUnresolved("nobody.invalid", 80),
        List.of());
  }

  static Ends ofI2p() throws IOException {
    MemoryNetwork network = MemoryNetwork.create();
    I2p theirs = I2p.connect(network.router("theirs"));
    I2p ours = I2p.connect(network.router("ours"));
    I2pSession server = theirs.open();
    I2pSession client = ours.open();
    return new Ends(
        new I2pSocketFactory(client),
        new I2pServerSocketFactory(server),
        InetSocketAddress.createUnresolved(server.destination().base32().text(), 1),
        InetSocketAddress.createUnresolved("nobody.i2p", 80),
        List.of(network, theirs, ours, server, client));
  }

  /** Neither bound nor connected. */
  Socket fresh() throws IOException {
    return kept(sockets.createSocket());
  }

  ServerSocket freshServer() throws IOException {
    return kept(servers.createServerSocket());
  }

  ServerSocket listening() throws IOException {
    return kept(servers.createServerSocket(0));
  }

  Socket connected(ServerSocket to) throws IOException {
    Socket socket = fresh();
    socket.connect(to.getLocalSocketAddress());
    return socket;
  }

  Socket closed() throws IOException {
    client.close();
    return client;
  }

  ServerSocket closedServer() throws IOException {
    listener.close();
    return listener;
  }

  /** Where nobody listens. */
  SocketAddress nobody() {
    return nobody;
  }

  /** A name that nobody knows. */
  SocketAddress unknown() {
    return unknown;
  }

  private <T extends AutoCloseable> T kept(T socket) {
    open.add(socket);
    return socket;
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  /** Servers that nobody else on this machine's network reaches. */
  private static final class OnLoopback extends ServerSocketFactory {
    private final InetAddress loopback;

    private OnLoopback(InetAddress loopback) {
      this.loopback = loopback;
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
      return new ServerSocket();
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
      return new ServerSocket(port, 50, loopback);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
      return new ServerSocket(port, backlog, loopback);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
        throws IOException {
      return new ServerSocket(port, backlog, address);
    }
  }
}
