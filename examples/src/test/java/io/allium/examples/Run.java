package io.allium.examples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A program that runs in a thread of this JVM, with a standard output of its own. */
final class Run implements AutoCloseable {
  interface Program {
    void main(String... args) throws Exception;
  }

  private static final InheritableThreadLocal<OutputStream> OUTPUT = new InheritableThreadLocal<>();
  private static final long LIMIT_SECONDS = 30;

  static {
    PrintStream usual = System.out;
    System.setOut(new PrintStream(
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            mine().write(value);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            mine().write(bytes, offset, length);
          }

          @Override
          public void flush() throws IOException {
            mine().flush();
          }

          private OutputStream mine() {
            OutputStream own = OUTPUT.get();
            return own == null ? usual : own;
          }
        },
        true));
  }

  private final Printed printed;
  private final FutureTask<Boolean> task;
  private final Thread thread;

  private Run(Printed printed, FutureTask<Boolean> task, Thread thread) {
    this.printed = printed;
    this.task = task;
    this.thread = thread;
  }

  static Run of(Program program, String... args) {
    Printed printed = new Printed();
    FutureTask<Boolean> task = new FutureTask<>(() -> {
      OUTPUT.set(printed);
      program.main(args);
      return true;
    });
    Thread thread = new Thread(task, "example");
    thread.start();
    return new Run(printed, task, thread);
  }

  /** The next line it prints. */
  String line() throws Exception {
    String line = printed.lines.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    return line == null ? "" : line.strip();
  }

  /** Waits until it ends; everything it printed that was not read before. */
  String output() throws Exception {
    end(LIMIT_SECONDS, TimeUnit.SECONDS);
    return String.join("", printed.lines) + printed.begun.toString(StandardCharsets.UTF_8);
  }

  void end(long limit, TimeUnit unit) throws Exception {
    task.get(limit, unit);
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
  }

  /** What a program printed, by lines. */
  private static final class Printed extends OutputStream {
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    @Override
    public void write(int value) {
      begun.write(value);
      if (value == '\n') {
        lines.add(begun.toString(StandardCharsets.UTF_8));
        begun.reset();
      }
    }
  }
}
