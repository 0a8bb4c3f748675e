package io.allium.examples;

import io.allium.DestinationKeys;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import java.io.IOException;
import java.nio.file.Path;

/** Says back whatever it is told, at an address that stays. */
public final class Echo {
  private Echo() {}

  /**
   * Runs the program until its session ends.
   *
   * @param args the router's URI and a key file
   * @throws IOException if the network fails
   */
  public static void main(String... args) throws IOException {
    try (DestinationKeys keys = DestinationKeys.loadOrCreate(Path.of(args[1]));
        I2p i2p = I2p.connect(args[0]);
        I2pSession session = i2p.open(keys);
        I2pAcceptor acceptor = session.listen(0)) {
      System.out.println(session.destination().base32().text());
      acceptor.serve(stream -> stream.input().transferTo(stream.output()));
    }
  }
}
