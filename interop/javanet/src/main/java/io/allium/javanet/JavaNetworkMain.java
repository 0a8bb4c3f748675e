package io.allium.javanet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Runs a network in a process of its own: prints a line for each router and then {@code ready}, and takes commands, one a line,
 * from standard input: {@code kill I}, {@code stop I}, {@code restart I}, {@code quit}. Each is answered by {@code done}, or by
 * {@code failed} and why. The end of the input is {@code quit}.
 */
public final class JavaNetworkMain {
  private JavaNetworkMain() {}

  /**
   * Runs it.
   *
   * @param args how many routers, six without it; then, if look-ups shall work at no hop, {@code zero-hop-lookups}
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    JavaNetworkOptions options = JavaNetworkOptions.defaults();
    if (args.length > 0) {
      options = options.routers(Integer.parseInt(args[0]));
    }
    if (args.length > 1 && args[1].equals("zero-hop-lookups")) {
      options = options.zeroHopLookups();
    }
    try (JavaNetwork network = JavaNetwork.start(options);
        BufferedReader commands =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (int i = 0; i < network.size(); i++) {
        System.out.println("router " + i + " i2cp=127.0.0.1:" + network.i2cp(i).getPort());
      }
      System.out.println("ready");
      String line = commands.readLine();
      while (line != null && !line.equals("quit")) {
        System.out.println(run(network, line.split(" ", 2)));
        line = commands.readLine();
      }
    }
    // Threads of net.i2p may be left.
    System.exit(0);
  }

  private static String run(JavaNetwork network, String[] command) throws InterruptedException {
    try {
      int router = Integer.parseInt(command[command.length - 1]);
      switch (command[0]) {
        case "kill" -> network.kill(router);
        case "stop" -> network.stop(router);
        case "restart" -> network.restart(router);
        default -> {
          return "failed: no such command: use kill I, stop I, restart I or quit";
        }
      }
      return "done";
    } catch (IOException | RuntimeException e) {
      return "failed: " + e.getMessage();
    }
  }
}
