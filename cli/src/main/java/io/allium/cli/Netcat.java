package io.allium.cli;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.I2pStream;
import io.allium.Known;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Joins standard input and output to a stream, and tells whether all arrived, as far as that can be known. */
final class Netcat {
  /** What both ends can be told. */
  static final class Options {
    @Option(
        names = "-w",
        paramLabel = "SECONDS",
        description =
            "for routers that cannot end one direction: once standard input has ended, end after so many"
                + " seconds in which nothing came; default 30")
    int wait = 30;

    @Option(
        names = "--confirmed",
        description = "end with 75 if nobody confirms that everything arrived")
    boolean confirmed;

    void check() throws CommandFailure {
      if (wait < 0) {
        throw new CommandFailure(ExitCodes.USAGE, "-w takes a number of seconds, 0 or more");
      }
    }
  }

  private static final int BUFFER = 64 * 1024;
  private static final Duration TICK = Duration.ofSeconds(1);

  /** What a session delivers after its stream was closed, even on a slow network. */
  private static final long SURELY_DELIVERED = 256 * 1024;

  private final I2pStream stream;
  private final boolean halfClose;
  private final int wait;
  private final Output out;
  private final boolean confirmed;
  private volatile Input input = Input.IDLE;
  private volatile long sent;
  private volatile @Nullable I2pException unsent;

  private enum Input {
    /** Waits for more of it. */
    IDLE,
    /** Some was read, and is not handed over yet. */
    UNDER_WAY,
    /** All of it was handed over, or cannot be. */
    ENDED
  }

  /**
   * Not begun.
   *
   * @param wait without half-close the peer cannot be told that we are done: after so many seconds in which nothing comes,
   *     we leave
   * @param out told what is not known
   */
  Netcat(I2pStream stream, int wait, boolean confirmed, Output out) {
    this.stream = stream;
    halfClose = stream.canHalfClose();
    this.wait = wait;
    this.confirmed = confirmed;
    this.out = out;
  }

  /** Returns only if nothing failed. */
  void join(InputStream in, OutputStream to) throws IOException, CommandFailure {
    Thread sender = Thread.ofPlatform().daemon().name("allium-stdin").start(() -> send(in));
    stream.readTimeout(TICK);
    byte[] buffer = new byte[BUFFER];
    int idle = 0;
    long sentWhenHeard = -1;
    while (halfClose || input != Input.ENDED || idle < wait) {
      try {
        int count = stream.input().read(buffer);
        if (count < 0) {
          if (halfClose) {
            awaitUnsent(sender, in);
          }
          judgePeersEnd(in, sentWhenHeard == sent);
          return;
        }
        if (input != Input.UNDER_WAY) {
          sentWhenHeard = sent;
        }
        write(to, buffer, count);
        idle = 0;
      } catch (I2pException e) {
        if (e.kind() != ErrorKind.TIMEOUT) {
          throw e;
        }
        idle = input == Input.ENDED ? idle + 1 : 0;
      }
    }
    failIfUnsent();
    if (sentWhenHeard != sent && sent > SURELY_DELIVERED) {
      throw new CommandFailure(
          ExitCodes.TRY_AGAIN,
          sent
              + " bytes were handed to the router, and nobody confirmed that they arrived: use send for files");
    }
    unconfirmed();
  }

  /** Who has ended its own direction may still listen. */
  private void awaitUnsent(Thread sender, InputStream in) throws IOException {
    try {
      while (input == Input.UNDER_WAY || input == Input.IDLE && in.available() > 0) {
        sender.join(TICK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new I2pException(ErrorKind.INTERRUPTED, "the thread was interrupted", e);
    }
  }

  private void judgePeersEnd(InputStream in, boolean answered) throws IOException, CommandFailure {
    failIfUnsent();
    if (input == Input.UNDER_WAY || input == Input.IDLE && in.available() > 0) {
      throw new CommandFailure(
          ExitCodes.TRY_AGAIN, "the peer ended the stream before all of the input was sent");
    }
    Known clean = stream.endedCleanly();
    if (clean == Known.NO) {
      throw new CommandFailure(ExitCodes.TRY_AGAIN, "the stream was cut before its end: try again");
    }
    if (clean == Known.CANNOT_KNOW) {
      if (sent > 0 && !answered) {
        throw new CommandFailure(
            ExitCodes.TRY_AGAIN,
            "the stream ended, and the peer answered nothing after the end of the input: some of it may be lost");
      }
      unconfirmed();
    }
  }

  private void unconfirmed() throws CommandFailure {
    if (confirmed) {
      throw new CommandFailure(
          ExitCodes.TRY_AGAIN,
          "delivery not confirmed: this router cannot tell what arrived, use send for files");
    }
    out.talk("delivery not confirmed");
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
    long total = 0;
    try {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        input = Input.UNDER_WAY;
        stream.output().write(buffer, 0, count);
        total += count;
        sent = total;
        input = Input.IDLE;
      }
      if (halfClose) {
        stream.shutdownOutput();
      }
      input = Input.ENDED;
    } catch (I2pException e) {
      // what the peer sent before is still to be read
      unsent = e;
      input = Input.ENDED;
    } catch (IOException e) {
      stream.cancel();
    }
  }
}
