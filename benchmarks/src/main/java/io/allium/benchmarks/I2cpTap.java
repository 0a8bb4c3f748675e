package io.allium.benchmarks;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Stands before a router, hands on every message, and remembers when it came. */
final class I2cpTap implements AutoCloseable {
  private static final int BUFFER = 32 * 1024;

  /**
   * A message.
   *
   * @param ours of the client
   * @param type its number
   * @param nanos when
   */
  record Seen(boolean ours, int type, long nanos) {}

  private final URI router;
  private final ServerSocket server =
      new ServerSocket(0, 100, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
  private final List<Seen> seen = new ArrayList<>();

  I2cpTap(String router) throws IOException {
    this.router = URI.create(router);
    Thread.ofPlatform().daemon().start(this::accept);
  }

  String uri() {
    return "i2cp://127.0.0.1:" + server.getLocalPort();
  }

  /** What came so far does not count. */
  void forget() {
    synchronized (seen) {
      seen.clear();
    }
  }

  /** All that came, once a message of this type of the client did. */
  List<Seen> awaitLast(int type) throws InterruptedException {
    synchronized (seen) {
      while (seen.stream().noneMatch(message -> message.ours() && message.type() == type)) {
        seen.wait();
      }
      return List.copyOf(seen);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        Socket behind = new Socket(router.getHost(), router.getPort());
        client.setTcpNoDelay(true);
        behind.setTcpNoDelay(true);
        Thread.ofPlatform().daemon().start(() -> relay(client, behind, true));
        Thread.ofPlatform().daemon().start(() -> relay(behind, client, false));
      }
    } catch (IOException closed) {
      // the measurement is over
    }
  }

  private void relay(Socket from, Socket to, boolean ours) {
    try (from;
        to) {
      InputStream buffered = new BufferedInputStream(from.getInputStream(), BUFFER);
      DataInputStream in = new DataInputStream(buffered);
      OutputStream out = to.getOutputStream();
      if (ours) {
        out.write(in.readUnsignedByte());
      }
      while (true) {
        int length = in.readInt();
        int type = in.readUnsignedByte();
        byte[] message = new byte[I2cpStub.HEADER + length];
        I2cpStub.header(ByteBuffer.wrap(message), length, type);
        in.readFully(message, I2cpStub.HEADER, length);
        synchronized (seen) {
          seen.add(new Seen(ours, type, System.nanoTime()));
          seen.notifyAll();
        }
        out.write(message);
      }
    } catch (IOException closed) {
      // one of the two let go
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
