package io.allium.proxy.forward;

import io.allium.I2pName;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Local connections. What an operator configured is resolved here, and nothing else. */
final class Sockets {
  private static final System.Logger LOG = System.getLogger(Sockets.class.getName());

  private Sockets() {}

  static Socket connect(InetSocketAddress target, Duration timeout) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(
          target.isUnresolved()
              ? new InetSocketAddress(target.getHostString(), target.getPort())
              : target,
          (int) timeout.toMillis());
      socket.setTcpNoDelay(true);
      return socket;
    } catch (IOException e) {
      close(socket);
      throw e;
    }
  }

  /** Tells the local program that its connection broke, rather than that it ended. */
  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, () -> "already closed: " + e.getMessage());
    }
    close(socket);
  }

  static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, () -> "closing failed: " + e.getMessage());
    }
  }

  /** A forward's target must not be an I2P name: that would be asked of the system's resolver. */
  static InetSocketAddress requireLocal(InetSocketAddress address) {
    if (I2pName.isI2p(address.getHostString())) {
      throw new IllegalArgumentException("a local address is expected here, not an I2P name");
    }
    return address;
  }
}
