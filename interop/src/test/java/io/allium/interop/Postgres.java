package io.allium.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Debian's PostgreSQL, which refuses to run as root, with its data in a folder of its own. */
final class Postgres implements AutoCloseable {
  static final String PASSWORD = "secret";

  private final Path folder;
  private final Path programs;
  private final InetSocketAddress address;

  private Postgres(Path folder, Path programs, InetSocketAddress address) {
    this.folder = folder;
    this.programs = programs;
    this.address = address;
  }

  /** Starts a server for the user {@code postgres}. */
  static Postgres start() throws IOException, InterruptedException {
    Path programs = programs();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, loopback)) {
      port = free.getLocalPort();
    }
    Path folder = Files.createTempDirectory("postgres");
    Postgres server = new Postgres(folder, programs, new InetSocketAddress(loopback, port));
    try {
      Path password = Files.writeString(folder.resolve("password"), PASSWORD);
      if (isRoot()) {
        run(List.of("chown", "-R", "postgres", folder.toString()));
      }
      server.run(
          "initdb",
          "--no-sync",
          "--no-locale",
          "--encoding=UTF8",
          "--username=postgres",
          "--auth=scram-sha-256",
          "--pwfile=" + password);
      server.run(
          "pg_ctl",
          "--log=" + folder.resolve("log"),
          "--wait",
          "--options=-F -h " + loopback.getHostAddress() + " -p " + port + " -k " + folder,
          "start");
    } catch (IOException | InterruptedException e) {
      delete(folder);
      throw e;
    }
    return server;
  }

  InetSocketAddress address() {
    return address;
  }

  private void run(String program, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"));
    }
    command.add(programs.resolve(program).toString());
    command.add("--pgdata=" + folder.resolve("data"));
    command.addAll(List.of(args));
    run(command);
  }

  /** To a file: a pipe would stay open as long as the server runs. */
  private static void run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("postgres", ".out");
    try {
      Process process = new ProcessBuilder(command)
          .directory(Path.of("/").toFile())
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .start();
      if (process.waitFor() != 0) {
        throw new IOException(command + " failed: " + Files.readString(output));
      }
    } finally {
      Files.delete(output);
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static Path programs() throws IOException {
    Path versions = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(versions)) {
      try (Stream<Path> all = Files.list(versions)) {
        var newest = all.map(version -> version.resolve("bin"))
            .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
            .max(Comparator.naturalOrder());
        if (newest.isPresent()) {
          return newest.get();
        }
      }
    }
    throw new IllegalStateException("these tests need more programs: apt install postgresql");
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run("pg_ctl", "--mode=immediate", "--wait", "stop");
    delete(folder);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
