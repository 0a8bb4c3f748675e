package io.allium.internal;

import io.allium.Destination;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Protocol;
import io.allium.RouterEvent;
import io.allium.SessionConfig;
import io.allium.spi.Call;
import io.allium.spi.OpenRequest;
import io.allium.spi.RouterDriver;
import io.allium.spi.support.Timeout;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How a destination goes online, the first time and each time after a loss.
 *
 * @param router where
 * @param config its options
 * @param protocols what it carries
 * @param keys of the destination
 * @param datagrams where its datagrams go
 * @param events told how far it is
 */
record SessionOpening(
    RouterDriver router,
    SessionConfig config,
    Set<Protocol> protocols,
    DestinationKeys keys,
    DatagramTable datagrams,
    Consumer<RouterEvent> events) {
  /** Most destinations are free within a second of the close of their session. */
  private static final Duration RETRY_PAUSE = Duration.ofMillis(500);

  /** The same for another, new destination, which nobody can tell to be ours by its options. */
  SessionOpening of(Protocol protocol, DestinationKeys others) {
    return new SessionOpening(
        router,
        config.toBuilder().newDestination().build(),
        Set.of(protocol),
        others,
        new DatagramTable(others.destination()),
        events);
  }

  void requireStreams(String what) throws I2pException {
    if (!protocols.contains(Protocol.STREAM)) {
      throw new I2pException(
          ErrorKind.UNSUPPORTED,
          what + ": this session carries " + protocols
              + ": open one with protocols(STREAM) for streams");
    }
  }

  /** The first in the order of the enum: streams, whose failures tell most, then datagrams. */
  Protocol probeProtocol() {
    return Collections.min(protocols);
  }

  /**
   * With what the period before handed over. A destination that is in use may be our own of a moment ago, which the router
   * has not let go of yet, so it is tried again for a while.
   */
  OnlinePeriod open(Optional<Object> before, Call call) throws I2pException, InterruptedException {
    Destination destination = keys.destination();
    OpenRequest request = new OpenRequest(
        keys,
        config.options(),
        protocols,
        before,
        phase -> events.accept(new RouterEvent.Opening(destination, phase)));
    long begun = router.time().nanos();
    while (true) {
      try {
        return OnlinePeriod.open(router, request, datagrams, call);
      } catch (I2pException e) {
        boolean mayBeOurs = e.kind() == ErrorKind.DESTINATION_IN_USE
            && router.time().nanos() - begun < router.releaseTime().toNanos();
        if (!mayBeOurs || call.remainingNanos() <= RETRY_PAUSE.toNanos()) {
          throw e;
        }
      }
      Timeout.pauseOrWake(router.time(), RETRY_PAUSE.toNanos(), call);
    }
  }
}
