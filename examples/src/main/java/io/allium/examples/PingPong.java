package io.allium.examples;

import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import io.allium.I2pStream;
import java.io.IOException;

/** Two destinations in one program: one says PING, the other answers PONG. */
public final class PingPong {
  private PingPong() {}

  /**
   * Runs the program.
   *
   * @param args the router's URI, such as {@code memory:demo}
   * @throws IOException if the network fails
   */
  public static void main(String... args) throws IOException {
    try (I2p i2p = I2p.connect(args[0]);
        I2pSession server = i2p.open();
        I2pSession client = i2p.open();
        I2pAcceptor acceptor = server.listen(0);
        I2pStream ours = client.connect(server.destination().base32().text())) {
      ours.output().write("PING".getBytes());
      try (I2pStream theirs = acceptor.accept()) {
        System.out.println(new String(theirs.input().readNBytes(4)));
        theirs.output().write("PONG".getBytes());
        System.out.println(new String(ours.input().readNBytes(4)));
      }
    }
  }
}
