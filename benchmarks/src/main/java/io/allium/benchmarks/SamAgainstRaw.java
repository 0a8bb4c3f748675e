package io.allium.benchmarks;

import io.allium.Destination;
import io.allium.DestinationKeys;
import io.allium.I2p;
import io.allium.I2pAddress;
import io.allium.I2pSession;
import io.allium.I2pStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The SAM client against a C program that sends the same bytes, both against the stub bridge in its own process. */
public final class SamAgainstRaw {
  private static final int ECHO = 1;
  private static final int SINK = 2;
  private static final int SOURCE = 3;
  private static final int CONNECTS = 8000;
  private static final long BYTES = 2L << 30;
  private static final int BLOCK = 256 * 1024;
  private static final int PING = 64;

  private final I2pSession session;
  private final I2pAddress[] peers = new I2pAddress[SOURCE + 1];
  private final byte[] block = new byte[BLOCK];
  private final ByteBuffer direct = ByteBuffer.allocateDirect(BLOCK);

  private SamAgainstRaw(I2pSession session) throws IOException {
    this.session = session;
    try (DestinationKeys peer = DestinationKeys.generate()) {
      for (int port = ECHO; port <= SOURCE; port++) {
        peers[port] = I2pAddress.of(peer.destination(), port);
      }
    }
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
        I2pSession session = i2p.open()) {
      SamAgainstRaw ours = new SamAgainstRaw(session);
      double gigabytes = BYTES / 1e6;
      Pairs.compare(
          "raw vs bare loopback, upload",
          "MB/s",
          gigabytes,
          rounds,
          () -> stub.raw("upload", BYTES, ours.line(SINK)),
          () -> stub.raw("bare-upload", BYTES, ""));
      Pairs.compare(
          "raw vs bare loopback, download",
          "MB/s",
          gigabytes,
          rounds,
          () -> stub.raw("download", BYTES, ours.line(SOURCE)),
          () -> stub.raw("bare-download", BYTES, ""));
      for (Thread.Builder threads :
          new Thread.Builder[] {Thread.ofPlatform(), Thread.ofVirtual()}) {
        String kind = threads instanceof Thread.Builder.OfVirtual ? "virtual" : "platform";
        Pairs.compare(
            "connect + 64 B + close, " + kind,
            "/s",
            CONNECTS,
            Pairs.WARM_UP_OF_CONNECTS,
            rounds,
            () -> Cost.on(threads, () -> ours.connects(CONNECTS)),
            () -> stub.raw("connect", CONNECTS, ours.line(ECHO)));
        BareNio bare = new BareNio(stub.port(), ours.line(ECHO));
        Pairs.compare(
            "the same against bare NIO, " + kind,
            "/s",
            CONNECTS,
            Pairs.WARM_UP_OF_CONNECTS,
            rounds,
            () -> Cost.on(threads, () -> ours.connects(CONNECTS)),
            () -> Cost.on(threads, () -> bare.connects(CONNECTS)));
        Pairs.compare(
            "bare NIO against C, " + kind,
            "/s",
            CONNECTS,
            Pairs.WARM_UP_OF_CONNECTS,
            rounds,
            () -> Cost.on(threads, () -> bare.connects(CONNECTS)),
            () -> stub.raw("connect", CONNECTS, ours.line(ECHO)));
        Pairs.compare(
            "upload, arrays, " + kind,
            "MB/s",
            gigabytes,
            rounds,
            () -> Cost.on(threads, () -> ours.upload()),
            () -> stub.raw("upload", BYTES, ours.line(SINK)));
        Pairs.compare(
            "download, arrays, " + kind,
            "MB/s",
            gigabytes,
            rounds,
            () -> Cost.on(threads, () -> ours.download()),
            () -> stub.raw("download", BYTES, ours.line(SOURCE)));
        Pairs.compare(
            "upload, direct buffers, " + kind,
            "MB/s",
            gigabytes,
            rounds,
            () -> Cost.on(threads, () -> ours.uploadDirect()),
            () -> stub.raw("upload", BYTES, ours.line(SINK)));
        Pairs.compare(
            "download, direct buffers, " + kind,
            "MB/s",
            gigabytes,
            rounds,
            () -> Cost.on(threads, () -> ours.downloadDirect()),
            () -> stub.raw("download", BYTES, ours.line(SOURCE)));
      }
    }
  }

  /** The line that the client sends, with an identifier of the same length. */
  private String line(int port) {
    return "STREAM CONNECT ID=allium-" + "0".repeat(32) + " DESTINATION="
        + ((Destination) peers[port].name()).base64() + " TO_PORT=" + port + "\n";
  }

  private void connects(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      try (I2pStream stream = session.connect(peers[ECHO])) {
        stream.output().write(block, 0, PING);
        for (int read = 0; read < PING; ) {
          read += stream.input().read(block, read, PING - read);
        }
      }
    }
  }

  private void upload() throws IOException {
    try (I2pStream stream = session.connect(peers[SINK])) {
      new DataOutputStream(stream.output()).writeLong(BYTES);
      for (long left = BYTES; left > 0; left -= BLOCK) {
        stream.output().write(block);
      }
      stream.input().read();
    }
  }

  private void download() throws IOException {
    try (I2pStream stream = session.connect(peers[SOURCE])) {
      new DataOutputStream(stream.output()).writeLong(BYTES);
      long left = BYTES;
      while (left > 0) {
        left -= stream.input().read(block);
      }
    }
  }

  private void uploadDirect() throws IOException {
    try (I2pStream stream = session.connect(peers[SINK])) {
      new DataOutputStream(stream.output()).writeLong(BYTES);
      for (long left = BYTES; left > 0; left -= BLOCK) {
        stream.channel().write(direct.clear());
      }
      stream.input().read();
    }
  }

  private void downloadDirect() throws IOException {
    try (I2pStream stream = session.connect(peers[SOURCE])) {
      new DataOutputStream(stream.output()).writeLong(BYTES);
      for (long left = BYTES; left > 0; ) {
        left -= stream.channel().read(direct.clear());
      }
    }
  }
}
