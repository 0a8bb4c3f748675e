package io.allium.cli;

import io.allium.I2pException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A command in a thread of this JVM: what it prints, and the code that it would exit with. */
final class CommandRun implements AutoCloseable {
  private static final long LIMIT_SECONDS = 60;

  private final Stop stop = new Stop();
  private final Lines data = new Lines();
  private final Lines talk = new Lines();
  private final FutureTask<Integer> task;

  private CommandRun(URI router, AlliumCommand command) {
    Globals globals = new Globals();
    globals.router = router.toString();
    Output out = new Output(
        new PrintStream(data, true, StandardCharsets.UTF_8),
        new PrintStream(talk, true, StandardCharsets.UTF_8),
        false,
        false);
    task = new FutureTask<>(() -> run(command, globals, out));
    Thread.ofVirtual().name("command").start(task);
  }

  static CommandRun start(URI router, AlliumCommand command) {
    return new CommandRun(router, command);
  }

  private int run(AlliumCommand command, Globals globals, Output out) throws Exception {
    try {
      return command.run(globals, out, stop);
    } catch (CommandFailure e) {
      out.talk("failed: " + e.getMessage());
      return e.exitCode();
    } catch (I2pException e) {
      out.talk("failed: " + e.getMessage());
      return ExitCodes.of(e.kind());
    } finally {
      stop.finished();
    }
  }

  /** The next line of standard output. */
  String line() throws InterruptedException {
    return data.next();
  }

  /** The next line of standard error that contains this. */
  String said(String part) throws InterruptedException {
    String line = talk.next();
    while (!line.contains(part)) {
      line = talk.next();
    }
    return line;
  }

  /** Whether that is among the lines of standard error which nobody has read. */
  boolean hasSaid(String part) {
    return talk.lines.stream().anyMatch(line -> line.contains(part));
  }

  /** The address of a command that has one, once it is ready. */
  String address() throws InterruptedException {
    String address = line().replaceFirst("address ", "");
    String ready = line();
    if (!ready.equals("ready")) {
      throw new AssertionError("not ready: " + ready);
    }
    return address;
  }

  /** Whether a signal would be its ordinary end, and the code 0. */
  boolean mayBeStopped() {
    return stop.isReady();
  }

  boolean ended() {
    return task.isDone();
  }

  int code() throws Exception {
    try {
      return task.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("a bug", e);
    }
  }

  /** As a signal would, waiting for the end of the command. */
  @Override
  public void close() throws Exception {
    stop.finished();
    code();
  }

  /** What was printed, by lines. */
  private static final class Lines extends ByteArrayOutputStream {
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @Override
    public synchronized void write(int value) {
      if (value == '\n') {
        lines.add(toString(StandardCharsets.UTF_8));
        reset();
      } else {
        super.write(value);
      }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      for (int i = offset; i < offset + length; i++) {
        write(bytes[i]);
      }
    }

    String next() throws InterruptedException {
      String line = lines.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (line == null) {
        throw new AssertionError("the command said nothing");
      }
      return line;
    }
  }
}
