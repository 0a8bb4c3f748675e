package io.allium.examples;

import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.SessionConfig;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Takes one file from whoever knows the address, or sends one there. Its length goes first, and a byte comes back. */
public final class FileDrop {
  private FileDrop() {}

  /**
   * Runs the program for one file.
   *
   * @param args the router's URI and a file to write; or also the address to send that file to
   * @throws IOException if the network or the disk fails
   */
  public static void main(String... args) throws IOException {
    Path file = Path.of(args[1]);
    try (I2p i2p = I2p.connect(args[0]);
        I2pSession session = i2p.open(SessionConfig.client())) {
      if (args.length > 2) {
        send(session, args[2], file);
      } else {
        System.out.println(session.destination().base32().text());
        receive(session, file);
      }
    }
  }

  private static void send(I2pSession session, String address, Path file) throws IOException {
    try (I2pStream stream = session.connect(address);
        DataOutputStream out = new DataOutputStream(stream.output())) {
      out.writeLong(Files.size(file));
      Files.copy(file, out);
      System.out.println(stream.input().read() == 1 ? "delivered" : "lost");
    }
  }

  private static void receive(I2pSession session, Path file) throws IOException {
    try (I2pAcceptor acceptor = session.listen(0);
        I2pStream stream = acceptor.accept();
        DataInputStream in = new DataInputStream(stream.input());
        var out = Files.newOutputStream(file)) {
      byte[] buffer = new byte[8192];
      for (long left = in.readLong(); left > 0; ) {
        int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (count < 0) {
          throw new IOException("the sender went away, " + left + " bytes are missing");
        }
        out.write(buffer, 0, count);
        left -= count;
      }
      stream.output().write(1);
      stream.input().read();
    }
  }
}
