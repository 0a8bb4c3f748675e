package io.allium.examples;

import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.I2pStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.util.Optional;

/** A bot that joins a channel of an IRC server on I2P and answers who says "!hello". */
public final class IrcBot {
  /** IRC has lines of 512 bytes, and some servers put tags of 8 KB before them. */
  private static final int MAX_LINE = 10_000;

  private IrcBot() {}

  /**
   * Runs the program until the server ends the stream.
   *
   * @param args the router's URI, the server's address, a nickname and a channel
   * @throws IOException if the network fails
   */
  public static void main(String... args) throws IOException {
    try (I2p i2p = I2p.connect(args[0]);
        I2pSession session = i2p.open();
        I2pStream stream = session.connect(args[1])) {
      BufferedReader in = new BufferedReader(new InputStreamReader(stream.input()));
      PrintStream out = new PrintStream(stream.output(), true);
      out.print(
          "NICK " + args[2] + "\r\nUSER " + args[2] + " 0 * :bot\r\nJOIN " + args[3] + "\r\n");
      for (Optional<String> next = line(in); next.isPresent(); next = line(in)) {
        String line = next.get();
        if (line.startsWith("PING ")) {
          out.print("PONG " + line.substring(5) + "\r\n");
        } else if (line.endsWith(":!hello")) {
          out.print("PRIVMSG " + args[3] + " :hello from I2P\r\n");
        }
      }
    }
  }

  /** {@code readLine()} would keep whatever a server sends. */
  private static Optional<String> line(Reader in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        return Optional.of(line.toString().stripTrailing());
      }
      if (line.length() == MAX_LINE) {
        throw new IOException("the server sent a line without an end");
      }
      line.append((char) c);
    }
    return Optional.empty();
  }
}
