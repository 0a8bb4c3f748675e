package io.allium.examples;

import io.allium.I2p;
import java.io.IOException;

/** What a name stands for: its b32 address and its destination. */
public final class Resolve {
  private Resolve() {}

  /**
   * Runs the program.
   *
   * @param args the router's URI and a name
   * @throws IOException if the name is unknown or the router fails
   */
  public static void main(String... args) throws IOException {
    try (I2p i2p = I2p.connect(args[0])) {
      var destination = i2p.resolve(args[1]).destination();
      System.out.println(destination.base32().text());
      System.out.println(destination.base64());
    }
  }
}
