package io.allium.examples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A program that runs in a thread of this JVM, with standard input and output of its own. */
final class Run implements AutoCloseable {
  interface Program {
    void main(String... args) throws Exception;
  }

  private static final InheritableThreadLocal<OutputStream> OUTPUT = new InheritableThreadLocal<>();
  private static final InheritableThreadLocal<InputStream> INPUT = new InheritableThreadLocal<>();
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
    System.setIn(new InputStream() {
      @Override
      public int read() throws IOException {
        return INPUT.get().read();
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return INPUT.get().read(target, offset, length);
      }
    });
  }

  private final Printed printed;
  private final OutputStream keyboard;
  private final FutureTask<Boolean> task;
  private final Thread thread;

  private Run(Printed printed, OutputStream keyboard, FutureTask<Boolean> task, Thread thread) {
    this.printed = printed;
    this.keyboard = keyboard;
    this.task = task;
    this.thread = thread;
  }

  static Run of(Program program, String... args) throws IOException {
    Printed printed = new Printed();
    PipedOutputStream keyboard = new PipedOutputStream();
    InputStream input = new PipedInputStream(keyboard);
    FutureTask<Boolean> task = new FutureTask<>(() -> {
      OUTPUT.set(printed);
      INPUT.set(input);
      program.main(args);
      return true;
    });
    Thread thread = new Thread(task, "example");
    thread.start();
    return new Run(printed, keyboard, task, thread);
  }

  void type(String line) throws IOException {
    keyboard.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
  }

  /** The next line it prints. */
  String line() throws Exception {
    String line = printed.lines.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    return line == null ? "" : line.strip();
  }

  /** A line that was printed and not read yet; gives the program a moment for it, in which a clock by hand stands still. */
  Optional<String> printed() throws InterruptedException {
    return Optional.ofNullable(printed.lines.poll(1, TimeUnit.MILLISECONDS)).map(String::strip);
  }

  boolean ended() {
    return task.isDone();
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
