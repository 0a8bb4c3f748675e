package io.allium.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The processes of a network, as the script that started them wrote them down. */
final class RouterProcesses {
  private static final Pattern PROCESS = Pattern.compile("\"pid\": (\\d+),\\s+\"start\": (\\d+)");

  /** Of the state and what follows it in /proc/PID/stat, see proc(5); the name before them may hold blanks. */
  private static final int STATE = 0;

  private static final int FLAGS = 6;
  private static final int START_TIME = 19;

  /** PF_EXITING of the kernel. It is set before the process closes its sockets, so no peer knows earlier. */
  private static final long EXITING = 4;

  /** How much of a log tells why a router died. */
  private static final int LAST_LINES = 40;

  private static final Set<RouterProcesses> ALL = ConcurrentHashMap.newKeySet();

  private final Path network;
  private final Set<Integer> killed = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private volatile boolean broken;

  RouterProcesses(Path network) {
    this.network = network;
    ALL.add(this);
  }

  /** Networks of which a router died that nobody killed, whether they were closed since or not. */
  static Set<RouterProcesses> broken() {
    return ALL.stream().filter(RouterProcesses::isBroken).collect(Collectors.toSet());
  }

  /** From now on the death of this router is no surprise. */
  void killing(int router) {
    killed.add(router);
  }

  /** From now on the death of this router is a surprise again. */
  void restarted(int router) {
    killed.remove(router);
  }

  /** From now on nothing that happens to these processes is told. */
  void close() {
    isBroken();
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  /** Sends a signal of kill(1) to a router. */
  void signal(int router, String name) throws IOException, InterruptedException {
    Matcher processes = PROCESS.matcher(Files.readString(network.resolve("state.json")));
    for (int i = 0; processes.find(); i++) {
      if (i == router) {
        int code =
            new ProcessBuilder("kill", "-" + name, processes.group(1)).start().waitFor();
        if (code == 0) {
          return;
        }
      }
    }
    throw new IOException("router " + router + " got no " + name);
  }

  /** Whether a router died that nobody killed. Says so once, and keeps the end of its logs. */
  boolean isBroken() {
    if (broken || closed) {
      return broken;
    }
    try {
      List<Integer> dead = dead();
      dead.removeAll(killed);
      if (!dead.isEmpty()) {
        broken = true;
        report(dead);
      }
      return broken;
    } catch (IOException e) {
      throw new UncheckedIOException("the state of the network cannot be read", e);
    }
  }

  /** The numbers of the routers that do not run; those that only keep the network database come last. */
  List<Integer> dead() throws IOException {
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
      return !fields[STATE].equals("Z")
          && (Long.parseLong(fields[FLAGS]) & EXITING) == 0
          && fields[START_TIME].equals(startTime);
    } catch (IOException e) {
      return false;
    }
  }

  /** Says which routers died, and keeps the last lines of their logs beside the networks of this run. */
  private void report(List<Integer> dead) throws IOException {
    StringBuilder ends = new StringBuilder();
    for (int router : dead) {
      System.out.println("router " + router + " of the test network " + network.getFileName()
          + " died by itself, which is i2pd's fault");
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
