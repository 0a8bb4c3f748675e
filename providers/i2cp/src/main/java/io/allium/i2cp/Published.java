package io.allium.i2cp;

import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Known;
import io.allium.spi.Call;
import io.allium.spi.RouterRequest;
import io.allium.spi.support.Timeout;
import java.time.Duration;
import java.util.Optional;

/**
 * Finds out whether the network knows a destination.
 *
 * @param witness the router to ask, which is not the destination's own
 * @param destination what to look for
 * @param router time and threads
 */
record Published(Optional<I2cpAt> witness, Destination destination, RouterRequest router) {
  /** Java I2P remembers for two minutes that three look-ups failed: a lease set is on its way for a few seconds. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** Yes, or that nobody can tell: no is a time-out. */
  Known await(Call call) throws I2pException, InterruptedException {
    if (witness.isEmpty()) {
      return Known.CANNOT_KNOW;
    }
    while (!isKnown(witness.get(), call)) {
      Timeout.pause(router.time(), PAUSE.toNanos(), call);
      if (call.aborted()) {
        throw new I2pException(ErrorKind.TIMEOUT, "the network does not know the destination yet");
      }
    }
    return Known.YES;
  }

  private boolean isKnown(I2cpAt other, Call call) throws I2pException, InterruptedException {
    try (Link link = Link.open(other, router, call)) {
      return Lookup.of(destination.base32(), Optional.empty(), link, call).equals(destination);
    } catch (I2pException e) {
      if (e.kind() == ErrorKind.NAME_NOT_FOUND || e.kind() == ErrorKind.LEASESET_NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }
}
