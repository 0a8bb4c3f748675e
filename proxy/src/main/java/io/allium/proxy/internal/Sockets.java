package io.allium.proxy.internal;

import io.allium.I2pName;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Local connections. What an operator configured is resolved here, and nothing else. */
public final class Sockets {
  private static final System.Logger LOG = System.getLogger(Sockets.class.getName());

  /** A program that was refused reads the answer at once, or never. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private static final int IGNORED = 8 * 1024;

  private Sockets() {}

  /** Connects to a local service, at the first of its addresses that answers. */
  public static Socket connect(InetSocketAddress target, Duration timeout) throws IOException {
    List<InetSocketAddress> all = addresses(target);
    for (InetSocketAddress one : all.subList(0, all.size() - 1)) {
      try {
        return connectTo(one, timeout);
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, () -> one + " does not answer: " + e.getMessage());
      }
    }
    return connectTo(all.getLast(), timeout);
  }

  /** All of a name: the service may listen at one of them alone, as on ::1 but not on 127.0.0.1. */
  private static List<InetSocketAddress> addresses(InetSocketAddress target)
      throws UnknownHostException {
    InetAddress known = target.getAddress();
    String host = target.getHostString();
    if (known != null && host.equals(known.getHostAddress())) {
      return List.of(target);
    }
    return Arrays.stream(InetAddress.getAllByName(host))
        .map(address -> new InetSocketAddress(address, target.getPort()))
        .toList();
  }

  private static Socket connectTo(InetSocketAddress address, Duration timeout) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(address, (int) timeout.toMillis());
      socket.setTcpNoDelay(true);
      return socket;
    } catch (IOException e) {
      close(socket);
      throw e;
    }
  }

  /** Tells the local program that its connection broke, rather than that it ended. */
  public static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, () -> "already closed: " + e.getMessage());
    }
    close(socket);
  }

  /** Closes what may be closed already. */
  public static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, () -> "closing failed: " + e.getMessage());
    }
  }

  /**
   * Ends a connection that was answered, although its program may still send: the kernel answers what nobody reads with a
   * reset, which would take the answer away.
   */
  public static void closeAfterAnswer(Socket socket) {
    long end = System.nanoTime() + LAST_WORDS.toNanos();
    try {
      socket.shutdownOutput();
      InputStream input = socket.getInputStream();
      byte[] ignored = new byte[IGNORED];
      for (long left = LAST_WORDS.toNanos(); left > 0; left = end - System.nanoTime()) {
        socket.setSoTimeout((int) Math.max(1, Duration.ofNanos(left).toMillis()));
        if (input.read(ignored) < 0) {
          break;
        }
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, () -> "a connection broke at its end: " + e.getMessage());
    }
    close(socket);
  }

  /** A forward's target must not be an I2P name: that would be asked of the system's resolver. */
  public static InetSocketAddress requireLocal(InetSocketAddress address) {
    if (I2pName.isI2p(address.getHostString())) {
      throw new IllegalArgumentException("a local address is expected here, not an I2P name");
    }
    return address;
  }
}
