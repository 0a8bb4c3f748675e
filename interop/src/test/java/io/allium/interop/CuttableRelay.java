package io.allium.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before a router's SAM bridge, and can cut every connection while the router lives on. */
final class CuttableRelay implements AutoCloseable {
  private final URI router;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  CuttableRelay(URI router) throws IOException {
    this.router = router;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("relay").start(this::accept);
  }

  URI uri() {
    return URI.create("sam://127.0.0.1:" + server.getLocalPort());
  }

  void cut() {
    open.forEach(CuttableRelay::close);
  }

  private void accept() {
    try {
      while (true) {
        Socket here = server.accept();
        open.add(here);
        Thread.ofVirtual().name("relay").start(() -> relay(here));
      }
    } catch (IOException e) {
      cut();
    }
  }

  private void relay(Socket here) {
    Socket there = new Socket();
    open.add(there);
    try {
      there.connect(new InetSocketAddress(router.getHost(), router.getPort()));
      pump(here, there);
      pump(there, here);
    } catch (IOException e) {
      close(here);
      close(there);
    }
  }

  private void pump(Socket from, Socket to) {
    Thread.ofVirtual().name("relay").start(() -> {
      try (from;
          to) {
        from.getInputStream().transferTo(to.getOutputStream());
      } catch (IOException e) {
        // either end is gone, and so is the other now
      } finally {
        open.remove(from);
        open.remove(to);
      }
    });
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }
}
