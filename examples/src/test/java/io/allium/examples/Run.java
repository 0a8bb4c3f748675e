package io.allium.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.util.concurrent.FutureTask;
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

  private final BufferedReader reader;
  private final FutureTask<Boolean> task;
  private final Thread thread;

  private Run(BufferedReader reader, FutureTask<Boolean> task, Thread thread) {
    this.reader = reader;
    this.task = task;
    this.thread = thread;
  }

  static Run of(Program program, String... args) throws IOException {
    PipedOutputStream out = new PipedOutputStream();
    BufferedReader reader = new BufferedReader(new InputStreamReader(new PipedInputStream(out, 1 << 16)));
    FutureTask<Boolean> task = new FutureTask<>(() -> {
      OUTPUT.set(out);
      try (out) {
        program.main(args);
      }
      return true;
    });
    Thread thread = new Thread(task, "example");
    thread.start();
    return new Run(reader, task, thread);
  }

  /** The next line it prints. */
  String line() throws Exception {
    FutureTask<String> reading = new FutureTask<>(reader::readLine);
    Thread.ofPlatform().daemon().start(reading);
    return reading.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** Waits until it ends; everything it printed that was not read before. */
  String output() throws Exception {
    end(LIMIT_SECONDS, TimeUnit.SECONDS);
    StringWriter rest = new StringWriter();
    reader.transferTo(rest);
    return rest.toString();
  }

  void end(long limit, TimeUnit unit) throws Exception {
    task.get(limit, unit);
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
  }
}
