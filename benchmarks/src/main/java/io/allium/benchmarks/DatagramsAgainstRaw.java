package io.allium.benchmarks;

import io.allium.DatagramFormat;
import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.DestinationKeys;
import io.allium.I2p;
import io.allium.I2pAddress;
import io.allium.I2pSession;
import io.allium.Protocol;
import io.allium.SendOptions;
import io.allium.SessionConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * Repliable datagrams by UDP against a C program that exchanges the same bytes, both with the stub bridge in its own
 * process. At most 64 are under way, so that none is lost; every 16th is answered.
 */
public final class DatagramsAgainstRaw {
  private static final int COUNT = 200_000;
  private static final int PAYLOAD = 512;
  private static final int BATCH = 16;
  private static final int WINDOW = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final DatagramPort port;
  private final I2pAddress peer;
  private final byte[] counted = new byte[PAYLOAD];
  private final byte[] go =
      ByteBuffer.allocate(Long.BYTES + 1).put((byte) 'G').putLong(COUNT).array();
  private final byte[] acknowledgement = {'A'};

  private DatagramsAgainstRaw(DatagramPort port) throws IOException {
    this.port = port;
    try (DestinationKeys keys = DestinationKeys.generate()) {
      peer = I2pAddress.of(keys.destination(), 0);
    }
    Arrays.fill(counted, (byte) 'S');
  }

  /**
   * Runs the comparison.
   *
   * @param args the folder of the C programs, and the number of pairs
   * @throws Exception if it fails
   */
  public static void main(String... args) throws Exception {
    int rounds = Integer.parseInt(args[1]);
    try (Stub stub = Stub.start(Path.of(args[0]));
        I2p i2p = I2p.connect(stub.uri());
        I2pSession session =
            i2p.open(SessionConfig.builder().protocols(Protocol.DATAGRAM).build());
        DatagramPort port = session.datagrams(DatagramOptions.of(DatagramFormat.REPLIABLE, 0))) {
      DatagramsAgainstRaw ours = new DatagramsAgainstRaw(port);
      Pairs.compare(
          "datagrams of 512 B, sent",
          "/s",
          COUNT,
          rounds,
          () -> measured(ours::send),
          () -> stub.raw("datagrams-out", COUNT, ours.line()));
      Pairs.compare(
          "datagrams of 512 B, received",
          "/s",
          COUNT,
          rounds,
          () -> measured(ours::receive),
          () -> stub.raw("datagrams-in", COUNT, ours.line()));
      if (port.dropped() != 0) {
        throw new IllegalStateException("the window is too large");
      }
    }
  }

  /** The line that the client sends, with an identifier of the same length. */
  private String line() {
    return "3.3 allium-" + "0".repeat(32) + " " + peer.name().text() + "\n";
  }

  private interface Exchange {
    void run() throws IOException;
  }

  private static Cost measured(Exchange exchange) throws IOException {
    long cpu = cpuNanos();
    long start = System.nanoTime();
    exchange.run();
    return new Cost((System.nanoTime() - start) / 1e9, (cpuNanos() - cpu) / 1e9);
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private void send() throws IOException {
    for (int i = 1; i <= COUNT; i++) {
      port.send(peer, counted, SendOptions.defaults());
      if (i >= WINDOW && i % BATCH == 0) {
        port.receive(PATIENCE);
      }
    }
    for (int i = 1; i < WINDOW / BATCH; i++) {
      port.receive(PATIENCE);
    }
  }

  private void receive() throws IOException {
    port.send(peer, go, SendOptions.defaults());
    for (int i = 1; i <= COUNT; i++) {
      port.receive(PATIENCE);
      if (i % BATCH == 0) {
        port.send(peer, acknowledgement, SendOptions.defaults());
      }
    }
  }
}
