package io.allium.examples;

import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.SessionConfig;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Takes one file from whoever knows the address, and confirms it. {@link FileSend} is the other end. */
public final class FileDrop {
  private FileDrop() {}

  /**
   * Runs the program for one file.
   *
   * @param args the router's URI and the file to write
   * @throws IOException if the network or the disk fails
   */
  public static void main(String... args) throws IOException {
    try (I2p i2p = I2p.connect(args[0]);
        I2pSession session = i2p.open(SessionConfig.client());
        I2pAcceptor acceptor = session.listen(0)) {
      System.out.println(session.destination().base32().text());
      try (I2pStream stream = acceptor.accept();
          DataInputStream in = new DataInputStream(stream.input())) {
        int length = in.readInt();
        Files.write(Path.of(args[1]), in.readNBytes(length));
        stream.output().write(1);
        stream.input().read(); // until the sender has seen it
      }
    }
  }
}
