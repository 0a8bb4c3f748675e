package io.allium.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The routers of a running network, by its script. */
final class Routers implements Killable {
  private static final Pattern ALIVE = Pattern.compile("\"alive\": (true|false)");

  private static final int I2CP_BELOW_SAM = 2;

  private final Path script;
  private final Path folder;
  private int foundDead;

  Routers(Path script, Path folder) {
    this.script = script;
    this.folder = folder;
  }

  /** The interface of the router whose SAM bridge is {@code HOST:PORT}: the script puts it two ports below. */
  static String i2cp(String sam) {
    int colon = sam.lastIndexOf(':');
    return "i2cp://" + sam.substring(0, colon + 1)
        + (Integer.parseInt(sam.substring(colon + 1)) - I2CP_BELOW_SAM);
  }

  @Override
  public void kill(int index) throws IOException, InterruptedException {
    run("kill", index);
  }

  @Override
  public void restart(int index) throws IOException, InterruptedException {
    run("restart", index);
  }

  int foundDead() {
    return foundDead;
  }

  /** i2pd sometimes crashes by itself when sessions close. */
  void restartTheDead() throws IOException, InterruptedException {
    Process status = start(List.of("status"), ProcessBuilder.Redirect.PIPE);
    Matcher alive =
        ALIVE.matcher(new String(status.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    status.waitFor();
    for (int i = 0; alive.find(); i++) {
      if (alive.group(1).equals("false")) {
        foundDead++;
        restart(i);
      }
    }
  }

  private void run(String command, int index) throws IOException, InterruptedException {
    Process process = start(List.of(command, "" + index), ProcessBuilder.Redirect.DISCARD);
    if (process.waitFor() != 0) {
      throw new IOException("testnet " + command + " " + index + " failed");
    }
  }

  private Process start(List<String> what, ProcessBuilder.Redirect output) throws IOException {
    List<String> command = new ArrayList<>(List.of("python3", script.toString()));
    command.addAll(what);
    command.addAll(List.of("--dir", folder.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output)
        .start();
  }
}
