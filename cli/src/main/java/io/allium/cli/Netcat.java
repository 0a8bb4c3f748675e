package io.allium.cli;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.I2pStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Joins standard input and output to a stream. */
final class Netcat {
  /** What both ends can be told. */
  static final class Options {
    @Option(
        names = "-w",
        paramLabel = "SECONDS",
        description =
            "where the router cannot end one direction: how long to wait for more when standard"
                + " input has ended; default 5")
    int wait = 5;

    void check() throws CommandFailure {
      if (wait < 0) {
        throw new CommandFailure(ExitCodes.USAGE, "-w is how many seconds, 0 or more");
      }
    }
  }

  private static final int BUFFER = 64 * 1024;
  private static final Duration TICK = Duration.ofSeconds(1);

  private final I2pStream stream;
  private final boolean halfClose;
  private final int wait;
  private final AtomicBoolean inputEnded = new AtomicBoolean();
  private volatile @Nullable I2pException unsent;

  /** Without half-close the peer cannot be told that we are done: after {@code wait} seconds in which nothing comes, we leave. */
  Netcat(I2pStream stream, int wait) {
    this.stream = stream;
    halfClose = stream.canHalfClose();
    this.wait = wait;
  }

  void join(InputStream in, OutputStream out) throws IOException, CommandFailure {
    Thread.ofPlatform().daemon().name("allium-stdin").start(() -> send(in));
    stream.readTimeout(TICK);
    byte[] buffer = new byte[BUFFER];
    int idle = 0;
    while (halfClose || !inputEnded.get() || idle < wait) {
      try {
        int count = stream.input().read(buffer);
        if (count < 0) {
          failIfUnsent();
          return;
        }
        write(out, buffer, count);
        idle = 0;
      } catch (I2pException e) {
        if (e.kind() != ErrorKind.TIMEOUT) {
          throw e;
        }
        idle = inputEnded.get() ? idle + 1 : 0;
      }
    }
    failIfUnsent();
  }

  private static void write(OutputStream out, byte[] buffer, int count) throws CommandFailure {
    try {
      out.write(buffer, 0, count);
      out.flush();
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCodes.CANNOT_CREATE, "what the peer sends cannot be written: " + e.getMessage());
    }
  }

  private void failIfUnsent() throws I2pException {
    I2pException why = unsent;
    if (why != null) {
      throw why;
    }
  }

  private void send(InputStream in) {
    byte[] buffer = new byte[BUFFER];
    try {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        stream.output().write(buffer, 0, count);
      }
      if (halfClose) {
        stream.shutdownOutput();
      }
      inputEnded.set(true);
    } catch (I2pException e) {
      // what the peer sent before is still to be read
      unsent = e;
      inputEnded.set(true);
    } catch (IOException e) {
      stream.cancel();
    }
  }
}
