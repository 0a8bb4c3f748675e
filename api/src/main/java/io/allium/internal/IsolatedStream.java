package io.allium.internal;

import io.allium.ConnectOptions;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.Registration;
import java.time.Duration;

/** A stream from a destination of its own, which goes offline some time after it ended. */
public final class IsolatedStream {
  /** Until the peer has surely heard the end of the stream. */
  private static final Duration LINGER = Duration.ofSeconds(30);

  private IsolatedStream() {}

  /** Takes charge of a session that nobody else has. */
  public static StreamCore open(SessionCore own, I2pAddress to, ConnectOptions options)
      throws I2pException {
    try {
      StreamCore stream = own.connect(to, options);
      stream.onEnd(() -> {
        Registration unused = own.time().schedule(LINGER.toNanos(), () -> closeLater(own));
      });
      return stream;
    } catch (I2pException | RuntimeException e) {
      own.close(Grace.NONE);
      throw e;
    }
  }

  /** For timers, which wait for nothing. */
  private static void closeLater(SessionCore own) {
    Thread.ofVirtual()
        .name("allium-close-" + own.destination())
        .start(() -> own.close(Grace.DEFAULT));
  }
}
