package io.allium.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The other end of every exchange, in a process of its own, and the same for both: ours, with fast signatures. It prints its
 * destination, and takes commands from standard input: {@code take PEER}, {@code give PEER SIGNED COUNT} and {@code count},
 * each answered by how many have come.
 */
public final class FarEnd implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;
  private final Writer commands;
  private final String destination;

  private FarEnd(Process process) throws IOException {
    this.process = process;
    output = process.inputReader();
    commands = process.outputWriter();
    destination = line();
  }

  static FarEnd start(String router, int hops) throws IOException {
    return new FarEnd(new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            FarEnd.class.getName(),
            router,
            Integer.toString(hops))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start());
  }

  /** Runs it: the router, and the length of its tunnels. */
  public static void main(String[] args) throws Exception {
    BouncyEd25519.register();
    try (OurI2cp client = OurI2cp.open(args[0], Integer.parseInt(args[1]));
        var commands =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      Exchange exchange = new Exchange(client);
      System.out.println(client.destination());
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        String[] command = line.split(" ", -1);
        if (command.length > 1) {
          exchange.begin(command[1]);
        }
        if (command[0].equals("give")) {
          exchange.send(Boolean.parseBoolean(command[2]), Integer.parseInt(command[3]));
        }
        if (exchange.wrong() > 0 || client.dropped() > 0) {
          throw new IllegalStateException("payloads were wrong or were dropped");
        }
        System.out.println(exchange.arrived());
      }
    }
  }

  String destination() {
    return destination;
  }

  /** Counts what comes from now on. */
  void take(String peer) throws IOException {
    long unused = command("take " + peer);
  }

  /** Sends; returns once all have arrived, or never will. */
  void give(String peer, boolean signed, int count) throws IOException {
    long unused = command("give " + peer + " " + signed + " " + count);
  }

  long arrived() throws IOException {
    return command("count");
  }

  private long command(String command) throws IOException {
    commands.write(command + "\n");
    commands.flush();
    return Long.parseLong(line());
  }

  private String line() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IOException("the far end has ended");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    commands.close(); // the end of its input ends it
    process.destroy();
  }
}
