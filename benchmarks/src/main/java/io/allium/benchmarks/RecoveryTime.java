package io.allium.benchmarks;

import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import io.allium.SessionStatus;
import io.allium.sam.SamAt;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;

/**
 * From the moment that a bridge answers again to the moment that the acceptor of a lost session is armed at it. The
 * bridge answers everything at once, so what is measured is ours. Arguments: runs, the longest absence in seconds.
 */
public final class RecoveryTime {
  private RecoveryTime() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    int runs = Integer.parseInt(args[0]);
    long longest = Long.parseLong(args[1]) * 1000;
    double[] millis = new double[runs];
    Bridge bridge = new Bridge(0);
    int port = bridge.server.getLocalPort();
    try (I2p i2p = I2p.connect(SamAt.of("127.0.0.1", port).withPendingAccepts(1));
        I2pSession session = i2p.open();
        I2pAcceptor acceptor = session.listen(0)) {
      bridge.armed.await();
      for (int run = 0; run < runs; run++) {
        bridge.close();
        while (session.status().state() == SessionStatus.State.ONLINE) {
          Thread.onSpinWait();
        }
        Thread.sleep(ThreadLocalRandom.current().nextLong(500, longest));
        bridge = new Bridge(port);
        long up = System.nanoTime();
        bridge.armed.await();
        millis[run] = (System.nanoTime() - up) / 1e6;
      }
      System.out.println("recovered " + session.status().recovered() + " times at " + acceptor);
    }
    bridge.close();
    Arrays.sort(millis);
    System.out.printf(
        "from the bridge's return to the armed acceptor: median %.0f ms, %.0f-%.0f ms, %d runs%n",
        millis[runs / 2], millis[0], millis[runs - 1], runs);
  }

  /** A bridge that opens every session and lets every accept wait. */
  private static final class Bridge {
    private final ServerSocket server = new ServerSocket();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final CountDownLatch armed = new CountDownLatch(1);

    Bridge(int port) throws IOException {
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      Thread.ofPlatform().daemon().start(this::accept);
    }

    private void accept() {
      try {
        while (true) {
          Socket socket = server.accept();
          sockets.add(socket);
          Thread.ofPlatform().daemon().start(() -> answer(socket));
        }
      } catch (IOException closed) {
        // this bridge is over
      }
    }

    private void answer(Socket socket) {
      try (socket) {
        var lines = new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          String reply = line.startsWith("HELLO")
              ? "HELLO REPLY RESULT=OK VERSION=3.1\n"
              : line.startsWith("SESSION")
                  ? "SESSION STATUS RESULT=OK DESTINATION="
                      + line.replaceFirst(".* DESTINATION=(\\S+).*", "$1") + "\n"
                  : "STREAM STATUS RESULT=OK\n";
          socket.getOutputStream().write(reply.getBytes(StandardCharsets.US_ASCII));
          if (line.startsWith("STREAM ACCEPT")) {
            armed.countDown();
          }
        }
      } catch (IOException closed) {
        // the client let go, or this bridge is over
      }
    }

    void close() {
      try {
        server.close();
        for (Socket socket : sockets) {
          socket.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
