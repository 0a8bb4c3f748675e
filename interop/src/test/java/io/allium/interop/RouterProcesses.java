package io.allium.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The processes of a network, as the script that started them wrote them down. */
final class RouterProcesses {
  private static final Pattern PROCESS = Pattern.compile("\"pid\": (\\d+),\\s+\"start\": (\\d+)");

  /** Of the state and what follows it in /proc/PID/stat, see proc(5); the name before them may hold blanks. */
  private static final int STATE = 0;

  private static final int START_TIME = 19;

  /** How much of a log tells why a router died. */
  private static final int LAST_LINES = 40;

  private RouterProcesses() {}

  /** The numbers of the routers that do not run. */
  static List<Integer> dead(Path network) throws IOException {
    Matcher processes = PROCESS.matcher(Files.readString(network.resolve("state.json")));
    List<Integer> dead = new ArrayList<>();
    for (int i = 0; processes.find(); i++) {
      if (!runs(processes.group(1), processes.group(2))) {
        dead.add(i);
      }
    }
    return dead;
  }

  private static boolean runs(String pid, String startTime) {
    try {
      String stat = Files.readString(Path.of("/proc", pid, "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return !fields[STATE].equals("Z") && fields[START_TIME].equals(startTime);
    } catch (IOException e) {
      return false;
    }
  }

  /** Says which routers died, and keeps the last lines of their logs beside the networks of this run. */
  static void report(Path network, List<Integer> dead) throws IOException {
    StringBuilder ends = new StringBuilder();
    for (int router : dead) {
      System.err.println("router " + router + " of the test network " + network.getFileName()
          + " died by itself (i2pd's fault): tests that fail of it are repeated on a new network");
      for (String log : List.of("out.log", "i2pd.log")) {
        Path file = network.resolve("r" + router).resolve(log);
        List<String> lines = Files.exists(file)
            ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                .lines()
                .toList()
            : List.of();
        ends.append("--- router ").append(router).append(' ').append(log).append('\n');
        lines
            .subList(Math.max(0, lines.size() - LAST_LINES), lines.size())
            .forEach(line -> ends.append(line).append('\n'));
      }
    }
    Path deaths = Files.createDirectories(network.resolveSibling("deaths"));
    Files.writeString(deaths.resolve(network.getFileName() + ".log"), ends);
  }
}
