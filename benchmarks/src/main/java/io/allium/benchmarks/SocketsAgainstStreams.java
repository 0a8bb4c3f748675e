package io.allium.benchmarks;

import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.memory.MemoryNetwork;
import io.allium.sockets.I2pServerSocketFactory;
import io.allium.sockets.I2pSocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.FutureTask;

/** What a {@link Socket} costs on top of the stream that carries it; both ends are sockets, or both are streams. */
public final class SocketsAgainstStreams {
  private static final int PINGS = 150_000;
  private static final int PING = 64;
  private static final long BYTES = 4L << 30;
  private static final int BLOCK = 64 * 1024;
  private static final int STREAMS = 1;
  private static final int SOCKETS = 2;

  private record End(InputStream input, OutputStream output, AutoCloseable whole)
      implements AutoCloseable {
    static End of(I2pStream stream) {
      return new End(stream.input(), stream.output(), stream);
    }

    static End of(Socket socket) throws IOException {
      return new End(socket.getInputStream(), socket.getOutputStream(), socket);
    }

    @Override
    public void close() throws Exception {
      whole.close();
    }
  }

  private interface Opener {
    End open() throws IOException;
  }

  private interface Talk {
    void run(End end) throws IOException;
  }

  private SocketsAgainstStreams() {}

  /**
   * Runs the comparison.
   *
   * @param args the number of pairs
   * @throws Exception if it fails
   */
  public static void main(String... args) throws Exception {
    int rounds = Integer.parseInt(args[0]);
    try (MemoryNetwork network = MemoryNetwork.create();
        I2p i2p = I2p.connect(network.uri());
        I2pSession server = i2p.open();
        I2pSession client = i2p.open();
        I2pAcceptor acceptor = server.listen(STREAMS);
        ServerSocket listener = new I2pServerSocketFactory(server).createServerSocket(SOCKETS)) {
      I2pAddress peer = I2pAddress.of(server.destination(), STREAMS);
      I2pSocketFactory factory = new I2pSocketFactory(client);
      String host = server.destination().base32().text();
      Opener socket = () -> End.of(factory.createSocket(host, SOCKETS));
      Opener accepted = () -> End.of(listener.accept());
      Opener stream = () -> End.of(client.connect(peer));
      Opener offered = () -> End.of(acceptor.accept());
      for (Thread.Builder threads :
          new Thread.Builder[] {Thread.ofPlatform(), Thread.ofVirtual()}) {
        String kind = threads instanceof Thread.Builder.OfVirtual ? "virtual" : "platform";
        Pairs.compare(
            "socket against stream, " + kind,
            "MB/s",
            BYTES / 1e6,
            rounds,
            () -> between(threads, socket, accepted, new Bulk()),
            () -> between(threads, stream, offered, new Bulk()));
        Pairs.compare(
            "64 B there and back, " + kind,
            "/s",
            PINGS,
            rounds,
            () -> between(threads, socket, accepted, new PingPong()),
            () -> between(threads, stream, offered, new PingPong()));
      }
    }
  }

  /** What both ends say to each other. */
  private interface Conversation {
    void client(End end) throws IOException;

    void server(End end) throws IOException;
  }

  private static Cost between(
      Thread.Builder threads, Opener client, Opener server, Conversation conversation)
      throws Exception {
    FutureTask<Cost> serving =
        new FutureTask<>(() -> Cost.of(() -> talk(server, conversation::server)));
    threads.start(serving);
    Cost cost = Cost.on(threads, () -> talk(client, conversation::client));
    serving.get();
    return cost;
  }

  private static void talk(Opener opener, Talk talk) throws Exception {
    try (End end = opener.open()) {
      talk.run(end);
    }
  }

  private static final class Bulk implements Conversation {
    @Override
    public void client(End end) throws IOException {
      byte[] block = new byte[BLOCK];
      for (long left = BYTES; left > 0; left -= BLOCK) {
        end.output().write(block);
      }
      if (end.input().read() < 0) {
        throw new IOException("not all arrived");
      }
    }

    @Override
    public void server(End end) throws IOException {
      byte[] block = new byte[BLOCK];
      for (long left = BYTES; left > 0; ) {
        left -= end.input().read(block);
      }
      end.output().write(1);
    }
  }

  private static final class PingPong implements Conversation {
    @Override
    public void client(End end) throws IOException {
      byte[] ping = new byte[PING];
      for (int i = 0; i < PINGS; i++) {
        end.output().write(ping);
        end.input().readNBytes(ping, 0, PING);
      }
    }

    @Override
    public void server(End end) throws IOException {
      byte[] ping = new byte[PING];
      for (int i = 0; i < PINGS; i++) {
        end.input().readNBytes(ping, 0, PING);
        end.output().write(ping);
      }
    }
  }
}
