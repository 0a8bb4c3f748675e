package io.allium.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A network of one process that only sleeps, written down as the script {@code testnet} does. */
final class FakeRouter implements AutoCloseable {
  private final Process process;
  private final RouterProcesses processes;

  FakeRouter(Path folder) throws IOException {
    process = new ProcessBuilder("sleep", "600").start();
    String stat = Files.readString(Path.of("/proc", "" + process.pid(), "stat"));
    String started = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19];
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("state.json"),
        "{\"routers\": [{\"pid\": " + process.pid() + ",\n \"start\": " + started + "}]}");
    processes = new RouterProcesses(folder);
  }

  void die() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void dieOnPurpose() throws InterruptedException {
    processes.killing(0);
    die();
  }

  @Override
  public void close() {
    processes.close();
    process.destroyForcibly();
  }
}
