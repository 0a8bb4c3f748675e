package io.allium.i2cp;

import io.allium.I2pException;
import io.allium.spi.support.End;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Makes the socket of one connection, and closes it from any thread, at any moment. */
final class RouterSockets {
  /** Linux alone has it, and a runtime may lack the module {@code jdk.net}. */
  private static final String QUICK_ACKNOWLEDGEMENT = "TCP_QUICKACK";

  private @Nullable SocketOption<?> quickly;

  private volatile @Nullable Socket current;
  private volatile boolean closed;

  /** A socket that is connected. A host may have an address at which its router does not listen. */
  Socket open(I2cpAt at, End end) throws I2pException {
    List<InetSocketAddress> all = at.address().resolve();
    IOException last = new IOException("no address");
    for (InetSocketAddress address : all) {
      Socket socket = new Socket();
      current = socket;
      try {
        if (closed) {
          throw new IOException("abandoned");
        }
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        socket.connect(address);
        quickly = socket.supportedOptions().stream()
            .filter(option -> option.name().equals(QUICK_ACKNOWLEDGEMENT))
            .findFirst()
            .orElse(null);
        return at.isTls() ? at.encryption().over(socket, at.address()) : socket;
      } catch (I2pException e) { // what its certificate says, before the first byte
        closeQuietly(socket);
        throw e;
      } catch (SSLException e) {
        closeQuietly(socket);
        end.check();
        throw I2cpErrors.tls(at, e);
      } catch (IOException e) {
        closeQuietly(socket);
        end.check();
        last = e;
      }
    }
    throw I2cpErrors.unreachable(at, last);
  }

  /**
   * Routers leave Nagle's algorithm on: what they send waits until what they sent before was acknowledged. The kernel forgets
   * this wish, so that it is renewed after reads.
   */
  void acknowledgeQuickly() throws IOException {
    SocketOption<?> option = quickly;
    Socket socket = current;
    if (option != null && socket != null) {
      set(socket, option);
    }
  }

  void close() {
    closed = true;
    Socket socket = current;
    if (socket != null) {
      closeQuietly(socket);
    }
  }

  private static <T> void set(Socket socket, SocketOption<T> option) throws IOException {
    socket.setOption(option, option.type().cast(true));
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      System.getLogger(RouterSockets.class.getName())
          .log(System.Logger.Level.DEBUG, "closing a connection failed: " + e.getMessage());
    }
  }
}
