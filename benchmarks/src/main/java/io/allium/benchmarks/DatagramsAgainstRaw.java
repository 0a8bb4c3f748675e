package io.allium.benchmarks;

import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.Destination;
import io.allium.DestinationKeys;
import io.allium.I2p;
import io.allium.I2pAddress;
import io.allium.I2pSession;
import io.allium.Protocol;
import io.allium.SendOptions;
import io.allium.SessionConfig;
import java.io.IOException;
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

  private static final SessionConfig DATAGRAMS =
      SessionConfig.builder().protocols(Protocol.DATAGRAM).build();
  private static final DatagramOptions REPLIABLE = DatagramOptions.of(Protocol.DATAGRAM, 0);

  private final DatagramPort port;
  private final I2pAddress peer;
  private final byte[] counted = new byte[PAYLOAD];
  private final byte[] go =
      ByteBuffer.allocate(Long.BYTES + 1).put((byte) 'G').putLong(COUNT).array();
  private final byte[] acknowledgement = {'A'};

  private DatagramsAgainstRaw(DatagramPort port, Destination peer) {
    this.port = port;
    this.peer = I2pAddress.of(peer, 0);
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
    try (Stub stub = Stub.start(Path.of(args[0]))) {
      overSam(stub, rounds);
      inMemory(stub, rounds);
    }
  }

  private static void overSam(Stub stub, int rounds) throws Exception {
    try (DestinationKeys keys = DestinationKeys.generate();
        I2p i2p = I2p.connect(stub.uri());
        I2pSession session = i2p.open(DATAGRAMS);
        DatagramPort port = session.datagrams(REPLIABLE)) {
      DatagramsAgainstRaw ours = new DatagramsAgainstRaw(port, keys.destination());
      Pairs.compare(
          "datagrams of 512 B, sent",
          "/s",
          COUNT,
          rounds,
          () -> Cost.of(ours::send),
          () -> stub.raw("datagrams-out", COUNT, ours.line()));
      Pairs.compare(
          "datagrams of 512 B, received",
          "/s",
          COUNT,
          rounds,
          () -> Cost.of(ours::receive),
          () -> stub.raw("datagrams-in", COUNT, ours.line()));
      requireNoneDropped(port);
    }
  }

  /** Both ends are here, so that the CPU time is of both; the C program is the one of the comparison over SAM. */
  private static void inMemory(Stub stub, int rounds) throws Exception {
    try (I2p i2p = I2p.connect("memory:datagrams");
        I2pSession here = i2p.open(DATAGRAMS);
        I2pSession there = i2p.open(DATAGRAMS);
        DatagramPort port = here.datagrams(REPLIABLE);
        DatagramPort answering = there.datagrams(REPLIABLE)) {
      Thread.ofPlatform().daemon().start(() -> answer(answering, here.destination()));
      DatagramsAgainstRaw ours = new DatagramsAgainstRaw(port, there.destination());
      Pairs.compare(
          "the same in memory, sent",
          "/s",
          COUNT,
          rounds,
          () -> Cost.of(ours::send),
          () -> stub.raw("datagrams-out", COUNT, ours.line()));
      requireNoneDropped(answering);
    }
  }

  /** As the stub does. */
  private static void answer(DatagramPort port, Destination to) {
    try {
      for (int i = 1; ; i++) {
        port.receive(Duration.ofDays(1));
        if (i % BATCH == 0) {
          port.send(I2pAddress.of(to, 0), new byte[] {'A'}, SendOptions.defaults());
        }
      }
    } catch (IOException closed) {
      // the comparison is over
    }
  }

  private static void requireNoneDropped(DatagramPort port) {
    if (port.dropped() != 0) {
      throw new IllegalStateException("the window is too large");
    }
  }

  /** The line that the client sends, with an identifier of the same length. */
  private String line() {
    return "3.3 allium-" + "0".repeat(32) + " " + peer.name().text() + "\n";
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
