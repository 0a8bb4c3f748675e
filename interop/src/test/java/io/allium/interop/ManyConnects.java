package io.allium.interop;

import io.allium.DestinationKeys;
import io.allium.I2p;
import io.allium.I2pAddress;
import io.allium.I2pSession;
import io.allium.I2pStream;
import java.io.IOException;

/** A program that connects, sends 64 bytes, gets them back and closes, so many times one after the other. */
final class ManyConnects {
  private static final int ECHO = 1;
  private static final int PING = 64;

  private ManyConnects() {}

  /** The router, how many connects, and platform or virtual threads. */
  static void main(String... args) throws Exception {
    Thread.Builder threads = args[2].equals("virtual") ? Thread.ofVirtual() : Thread.ofPlatform();
    try (I2p i2p = I2p.connect(args[0]);
        I2pSession session = i2p.open();
        DestinationKeys peer = DestinationKeys.generate()) {
      I2pAddress to = I2pAddress.of(peer.destination(), ECHO);
      Thread thread = threads.start(() -> connect(session, to, Integer.parseInt(args[1])));
      thread.join();
    }
  }

  private static void connect(I2pSession session, I2pAddress to, int count) {
    byte[] ping = new byte[PING];
    try {
      for (int i = 0; i < count; i++) {
        try (I2pStream stream = session.connect(to)) {
          stream.output().write(ping);
          stream.input().readNBytes(ping, 0, PING);
        }
      }
    } catch (IOException e) {
      System.err.println(e.getMessage());
      Runtime.getRuntime().halt(1);
    }
  }
}
