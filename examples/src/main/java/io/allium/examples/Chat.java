package io.allium.examples;

import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.SessionConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;

/** Two people talk: one starts it without an address, the other with the address the first one sees. */
public final class Chat {
  private Chat() {}

  /**
   * Runs the program until either side ends it.
   *
   * @param args the router's URI, and whom to talk to
   * @throws IOException if the network fails
   */
  public static void main(String... args) throws IOException {
    try (I2p i2p = I2p.connect(args[0]);
        I2pSession session = i2p.open(SessionConfig.client());
        I2pAcceptor acceptor = session.listen(0)) {
      System.out.println("I am " + session.destination().base32().text());
      try (I2pStream stream = args.length > 1 ? session.connect(args[1]) : acceptor.accept()) {
        Thread.ofPlatform().daemon().start(() -> say(stream.output()));
        new BufferedReader(new InputStreamReader(stream.input()))
            .lines()
            .forEach(line -> System.out.println("> " + line));
      }
    }
  }

  private static void say(OutputStream peer) {
    try (peer) {
      System.in.transferTo(peer);
    } catch (IOException e) {
      System.err.println("the chat is over: " + e.getMessage());
    }
  }
}
