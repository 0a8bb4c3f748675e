package io.allium.examples;

import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.I2pStream;
import java.io.IOException;

/** Fetches a page of an I2P site, headers and all. */
public final class Wget {
  private Wget() {}

  /**
   * Runs the program.
   *
   * @param args the router's URI, a host and a path
   * @throws IOException if the network fails
   */
  public static void main(String... args) throws IOException {
    try (I2p i2p = I2p.connect(args[0]);
        I2pSession session = i2p.open();
        I2pStream stream = session.connect(args[1])) {
      String request = "GET " + args[2] + " HTTP/1.0\r\nHost: " + args[1] + "\r\n\r\n";
      stream.output().write(request.getBytes());
      stream.input().transferTo(System.out);
      System.out.flush();
    }
  }
}
