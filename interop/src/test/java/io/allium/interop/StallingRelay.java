package io.allium.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Stands before a router of this machine, and can stop reading from it, as a program does that is held up. */
final class StallingRelay implements AutoCloseable {
  private static final int SMALL = 16 * 1024;

  private final int router;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** Taken for each read from the router. */
  private final Semaphore reads = new Semaphore(1, true);

  StallingRelay(int router) throws IOException {
    this.router = router;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("relay").start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Returns once nothing is read from the router any more. */
  void stall() throws InterruptedException {
    reads.acquire();
  }

  void goOn() {
    reads.release();
  }

  private void accept() {
    try {
      while (true) {
        Socket here = server.accept();
        Socket there = new Socket();
        open.add(here);
        open.add(there);
        there.setReceiveBufferSize(SMALL); // else the system reads on for a while
        there.connect(new InetSocketAddress(server.getInetAddress(), router));
        Thread.ofVirtual().name("relay").start(() -> pump(here, there, new Semaphore(1)));
        Thread.ofVirtual().name("relay").start(() -> pump(there, here, reads));
      }
    } catch (IOException e) {
      // the test is over
    }
  }

  private static void pump(Socket from, Socket to, Semaphore gate) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] bytes = new byte[SMALL];
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        gate.acquire();
        gate.release();
        out.write(bytes, 0, count);
      }
    } catch (IOException e) {
      // either end is gone, and so is the other now
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
