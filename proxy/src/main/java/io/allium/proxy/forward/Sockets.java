package io.allium.proxy.forward;

import io.allium.I2pException;
import io.allium.I2pName;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;

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
    String host = address.getHostString().strip();
    // host names may end with the dot of the root
    if (isI2pName(host.endsWith(".") ? host.substring(0, host.length() - 1) : host)) {
      throw new IllegalArgumentException("a local address is expected here, not an I2P name");
    }
    return address;
  }

  private static boolean isI2pName(String host) {
    String small = host.toLowerCase(Locale.ROOT);
    if (small.endsWith(".i2p") || small.endsWith(".i2p.alt")) {
      return true;
    }
    try {
      I2pName.parse(host);
      return true;
    } catch (I2pException e) {
      return false;
    }
  }
}
