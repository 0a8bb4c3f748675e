package io.allium.cli;

import io.allium.Capability;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.I2pStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Joins standard input and output to a stream. */
final class Netcat {
  private static final int BUFFER = 64 * 1024;
  private static final Duration TICK = Duration.ofSeconds(1);

  /** Without half-close the peer cannot be told that we are done; after so long without a byte, it has no more to say. */
  private static final int IDLE_TICKS = 30;

  private Netcat() {}

  static void join(I2pStream stream, InputStream in, OutputStream out, Set<Capability> capabilities)
      throws IOException {
    boolean halfClose = capabilities.contains(Capability.HALF_CLOSE);
    AtomicBoolean inputEnded = new AtomicBoolean();
    Thread.ofPlatform()
        .daemon()
        .name("allium-stdin")
        .start(() -> send(stream, in, halfClose, inputEnded));
    stream.readTimeout(TICK);
    byte[] buffer = new byte[BUFFER];
    int idle = 0;
    while (halfClose || idle < IDLE_TICKS) {
      try {
        int count = stream.input().read(buffer);
        if (count < 0) {
          return;
        }
        out.write(buffer, 0, count);
        out.flush();
        idle = 0;
      } catch (I2pException e) {
        if (e.kind() != ErrorKind.TIMEOUT) {
          throw e;
        }
        idle = inputEnded.get() ? idle + 1 : 0;
      }
    }
  }

  private static void send(
      I2pStream stream, InputStream in, boolean halfClose, AtomicBoolean ended) {
    byte[] buffer = new byte[BUFFER];
    try {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        stream.output().write(buffer, 0, count);
      }
      if (halfClose) {
        stream.shutdownOutput();
      }
      ended.set(true);
    } catch (IOException e) {
      stream.cancel();
    }
  }
}
