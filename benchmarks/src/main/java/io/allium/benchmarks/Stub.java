package io.allium.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The two C programs: the stub bridge as a process, and the raw client. Their sources tell what they do. */
final class Stub implements AutoCloseable {
  private final Path folder;
  private final Process process;
  private final int port;

  private Stub(Path folder, Process process, int port) {
    this.folder = folder;
    this.process = process;
    this.port = port;
  }

  /** Starts the stub in a folder with both programs, on a free port. */
  static Stub start(Path folder) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process process = new ProcessBuilder(folder.resolve("stub").toString(), Integer.toString(port))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    if (!"ready".equals(process.inputReader().readLine())) {
      throw new IOException("the stub did not start");
    }
    return new Stub(folder, process, port);
  }

  String uri() {
    return "sam://127.0.0.1:" + port + "?udp-port=" + port;
  }

  int port() {
    return port;
  }

  /** One run of the raw client. */
  Cost raw(String what, long amount, String connectLine) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(folder.resolve("raw").toString(), Integer.toString(port)));
    command.addAll(List.of(what, Long.toString(amount), connectLine));
    Process raw = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    String line = raw.inputReader().readLine();
    if (raw.waitFor() != 0 || line == null) {
      throw new IOException("the raw client failed: " + what);
    }
    int space = line.indexOf(' ');
    return new Cost(
        Double.parseDouble(line.substring(0, space)), Double.parseDouble(line.substring(space)));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
