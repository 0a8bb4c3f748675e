package io.allium.sam;

import io.allium.Registration;
import io.allium.spi.RouterRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * The connection of a stream that was closed while what it had written was under way to the router. The kernel answers what
 * comes after a close, or was not read before it, with a reset, and drops what it has not sent yet. So what comes is read
 * to its end.
 */
final class Lingering {
  /** A router that takes nothing for so long will not take the rest either. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final int BUFFER = 8192;

  private final RouterRequest router;
  private final SocketChannel channel;
  private final Registration limit;

  /** Ends after a while in any case; the output was shut down. */
  Lingering(RouterRequest router, SocketChannel channel) {
    this.router = router;
    this.channel = channel;
    limit = router.time().schedule(LIMIT.toNanos(), () -> SamConnection.closeQuietly(channel));
  }

  /** Reads what comes until the router has ended its side; nobody else reads from now on. */
  void drain() {
    router.start("allium-linger", () -> {
      try {
        ByteBuffer ignored = ByteBuffer.allocate(BUFFER);
        while (channel.read(ignored.clear()) >= 0) {
          // the program closed the stream, so nobody wants this
        }
      } catch (IOException e) {
        System.getLogger(Lingering.class.getName())
            .log(System.Logger.Level.DEBUG, "lingering ended early: " + e.getMessage());
      } finally {
        limit.close();
        SamConnection.closeQuietly(channel);
      }
    });
  }
}
