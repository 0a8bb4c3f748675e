package io.allium.examples;

import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.SessionConfig;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sends one file to a {@link FileDrop}: its length first, since some routers cannot end one direction alone. */
public final class FileSend {
  private FileSend() {}

  /**
   * Runs the program for one file.
   *
   * @param args the router's URI, the file and the address to send it to
   * @throws IOException if the network or the disk fails
   */
  public static void main(String... args) throws IOException {
    byte[] file = Files.readAllBytes(Path.of(args[1]));
    try (I2p i2p = I2p.connect(args[0]);
        I2pSession session = i2p.open(SessionConfig.client());
        I2pStream stream = session.connect(args[2])) {
      DataOutputStream out = new DataOutputStream(stream.output());
      out.writeInt(file.length);
      out.write(file);
      System.out.println(stream.input().read() == 1 ? "delivered" : "lost");
    }
  }
}
