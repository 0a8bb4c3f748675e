package io.allium.javanet;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Routers print warnings and stack traces about each other when several start in one JVM. Nobody needs them. */
final class Quiet {
  /** The streams belong to the whole JVM. */
  private static final ReentrantLock STREAMS = new ReentrantLock();

  private Quiet() {}

  /** Runs it, and drops what it prints; what other threads print goes on. */
  static <T> T call(Supplier<T> action) {
    STREAMS.lock();
    PrintStream out = System.out;
    PrintStream err = System.err;
    System.setOut(new PrintStream(new OfOthers(out), true));
    System.setErr(new PrintStream(new OfOthers(err), true));
    try {
      return action.get();
    } finally {
      System.setOut(out);
      System.setErr(err);
      STREAMS.unlock();
    }
  }

  private static final class OfOthers extends OutputStream {
    private final Thread quiet = Thread.currentThread();
    private final PrintStream stream;

    OfOthers(PrintStream stream) {
      this.stream = stream;
    }

    @Override
    public void write(int single) {
      if (!Thread.currentThread().equals(quiet)) {
        stream.write(single);
      }
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      if (!Thread.currentThread().equals(quiet)) {
        stream.write(bytes, from, length);
      }
    }

    @Override
    public void flush() throws IOException {
      stream.flush();
    }
  }
}
