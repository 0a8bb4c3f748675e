package io.allium.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program in a process of its own, as a user runs it. */
final class Program implements AutoCloseable {
  private static final long LIMIT_SECONDS = 90;

  private final Process process;
  private final Path errors;
  private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Thread reader;

  /**
   * How a program ended.
   *
   * @param code its exit status
   * @param lines what it printed on standard output and nobody read before
   * @param errors what it printed on standard error
   */
  record Ended(int code, List<String> lines, String errors) {
    /** The last line, or an empty one. */
    String last() {
      return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
  }

  private Program(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    reader = Thread.ofVirtual().name("program-output").start(this::read);
  }

  static Program start(List<String> command) throws IOException {
    Path errors = Files.createTempFile("program", ".err");
    return new Program(
        new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
  }

  /** A main class of this test's class path. */
  static Program java(Class<?> main, String... args) throws IOException {
    return java(List.of(), main, args);
  }

  /** As {@link #java(Class, String...)}, with options of the virtual machine. */
  static Program java(List<String> options, Class<?> main, String... args) throws IOException {
    return start(javaCommand(options, main, args));
  }

  long pid() {
    return process.pid();
  }

  private static List<String> javaCommand(List<String> options, Class<?> main, String... args) {
    List<String> command = new ArrayList<>(List.of(
        ProcessHandle.current().info().command().orElse("java"),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    return command;
  }

  /** As {@link #java(Class, String...)}, run by a line of sh that calls it {@code "$@"}. */
  static Program shell(String line, Class<?> main, String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", line, "sh"));
    command.addAll(javaCommand(List.of(), main, args));
    return start(command);
  }

  private void read() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      out.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("standard output broke: " + e);
    }
  }

  /** The next line it prints, or an empty one if it ends, or prints none for long. */
  String line() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (System.nanoTime() < end) {
      boolean over = !reader.isAlive();
      String line = lines.poll(100, TimeUnit.MILLISECONDS);
      if (line != null || over) {
        return line == null ? "" : line;
      }
    }
    return "";
  }

  Ended end() throws IOException, InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("did not end in time; it says: " + threads());
    }
    reader.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
    return new Ended(
        process.exitValue(), List.copyOf(lines), Files.readString(errors, StandardCharsets.UTF_8));
  }

  /** What it said, and what its threads do: a virtual machine that gets SIGQUIT prints them. */
  private String threads() throws IOException, InterruptedException {
    Stream<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants());
    for (ProcessHandle java : all.filter(Program::isJava).toList()) {
      new ProcessBuilder("sh", "-c", "kill -QUIT " + java.pid()).start().waitFor();
    }
    process.waitFor(1, TimeUnit.SECONDS);
    return Files.readString(errors, StandardCharsets.UTF_8) + String.join("\n", lines);
  }

  private static boolean isJava(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("java")).isPresent();
  }

  @Override
  public void close() throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    Files.deleteIfExists(errors);
  }
}
