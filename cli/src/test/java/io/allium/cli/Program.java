package io.allium.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The program as a process of its own, as a person or a script runs it. */
final class Program implements AutoCloseable {
  private static final long LIMIT_SECONDS = 60;

  private final Process process;
  private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Thread reader;
  private final Path errors;

  /** What a finished run left. */
  record Result(int code, List<String> output, String errors) {}

  private Program(Redirect output, Map<String, String> environment, String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.allium.cli.Main"));
    command.addAll(List.of(args));
    errors = Files.createTempFile("allium", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(errors.toFile()).redirectOutput(output);
    builder.environment().remove("ALLIUM_ROUTER");
    builder.environment().remove("I2P_SAM_ADDRESS");
    builder.environment().putAll(environment);
    process = builder.start();
    reader = Thread.ofPlatform().daemon().start(this::read);
  }

  static Program start(Map<String, String> environment, String... args) throws IOException {
    return new Program(Redirect.PIPE, environment, args);
  }

  /** With a file as its standard output. */
  static Program start(Path output, Map<String, String> environment, String... args)
      throws IOException {
    return new Program(Redirect.to(output.toFile()), environment, args);
  }

  OutputStream input() {
    return process.getOutputStream();
  }

  /** The next line of standard output. */
  String line() throws InterruptedException {
    String line = lines.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("the program said nothing");
    }
    return line;
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  String errors() throws IOException {
    return Files.readString(errors);
  }

  Result end() throws IOException, InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the program did not end");
    }
    reader.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
    return new Result(process.exitValue(), List.copyOf(lines), errors());
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(errors);
  }

  private void read() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add("reading failed: " + e.getMessage());
    }
  }
}
