package io.allium.internal;

import io.allium.Destination;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Known;
import io.allium.Protocol;
import io.allium.Registration;
import io.allium.SendOptions;
import io.allium.spi.Call;
import io.allium.spi.ConnectRequest;
import io.allium.spi.SendRequest;
import io.allium.spi.SessionDriver;
import io.allium.spi.StreamDriver;
import io.allium.spi.TimeSource;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Finds out whether peers can reach a session: from a second session of the same router, which connects to it. */
final class Reachability {
  /** A lease set is on its way for some seconds. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** How long a stream that the router says is open may take to arrive. */
  private static final Duration ARRIVAL = Duration.ofSeconds(5);

  /**
   * A session whose lease set i2pd failed to publish is refused within milliseconds and stays so for ten minutes, while
   * one that was published is found within seconds. Doubled each time, for networks that are slower than that.
   */
  private static final Duration FIRST_PATIENCE = Duration.ofSeconds(8);

  /** A datagram that found no lease set is lost in silence, so that a slow lookup looks the same. */
  private static final Duration FIRST_DATAGRAM_PATIENCE = Duration.ofSeconds(15);

  /** Longer than a message of I2P is under way: one that comes after the first is no visitor either. */
  private static final Duration LATE = Duration.ofMinutes(2);

  private static final SecureRandom RANDOM = new SecureRandom();

  /** How a second session tries to get through to the first one. */
  private interface Knock {
    /** What it failed with, if it can tell. */
    @Nullable
    I2pException run(Call call) throws I2pException, InterruptedException;
  }

  private final SessionOpening session;
  private final CurrentPeriod current;
  private final TimeSource time;
  private final Protocol protocol;
  private final Destination target;
  private final IncomingStreams incoming;
  private final DatagramProbes datagrams;
  private final BiConsumer<OnlinePeriod, I2pException> renew;
  private final Semaphore news = new Semaphore(0);
  private volatile boolean reached;

  Reachability(
      SessionOpening session,
      CurrentPeriod current,
      Protocol protocol,
      IncomingStreams incoming,
      BiConsumer<OnlinePeriod, I2pException> renew) {
    this.session = session;
    this.current = current;
    time = session.router().time();
    this.protocol = protocol;
    target = session.keys().destination();
    this.incoming = incoming;
    datagrams = session.datagrams().probes();
    this.renew = renew;
  }

  /** Yes, or that nobody can tell: no is a time-out. */
  Known await(Call call) throws I2pException, InterruptedException {
    Duration patience = protocol == Protocol.STREAM ? FIRST_PATIENCE : FIRST_DATAGRAM_PATIENCE;
    while (!reached) {
      try {
        OnlinePeriod tried = current.await(call);
        if (!tried.driver().probeCrossesNetwork()) {
          return tried.driver().awaitPublished(call);
        }
        probe(patience, call);
        if (!reached) {
          renew.accept(
              tried,
              new I2pException(
                  ErrorKind.LEASESET_NOT_FOUND,
                  "peers do not reach this destination: it is opened again with the same keys"));
          patience = patience.multipliedBy(2);
        }
      } catch (I2pException e) {
        if (e.kind().place() == ErrorKind.Place.US || call.aborted()) {
          throw e;
        }
        waitForNews(PAUSE, call);
      }
    }
    return Known.YES;
  }

  /** A new session each time: what an old one knows of the target may be outdated. */
  private void probe(Duration patience, Call call) throws I2pException, InterruptedException {
    try (DestinationKeys keys = DestinationKeys.generate()) {
      OnlinePeriod prober = session.of(protocol, keys).open(Optional.empty(), call);
      prober.driver().listening(port -> false);
      try {
        if (protocol == Protocol.STREAM) {
          probeByStreams(prober.driver(), keys.destination(), patience, call);
        } else {
          probeByDatagrams(prober.driver(), patience, call);
        }
      } finally {
        prober.driver().close(Calls.noTime());
      }
    }
  }

  private void probeByStreams(SessionDriver prober, Destination us, Duration patience, Call call)
      throws I2pException, InterruptedException {
    incoming.expect(us, this::arrived);
    try {
      repeat(aborting -> knock(prober, aborting), patience, call);
    } finally {
      incoming.expectNoMore(us, LATE);
    }
  }

  private void probeByDatagrams(SessionDriver prober, Duration patience, Call call)
      throws I2pException, InterruptedException {
    byte[] token = new byte[DatagramProbes.TOKEN_BYTES];
    RANDOM.nextBytes(token);
    SendRequest knock = new SendRequest(
        protocol, protocol.number(), target, 0, 0, ByteBuffer.wrap(token), SendOptions.defaults());
    datagrams.expect(token, this::arrived);
    try {
      repeat(
          aborting -> {
            prober.send(knock);
            waitForNews(PAUSE, aborting);
            return null;
          },
          patience,
          call);
    } finally {
      Registration unused = time.schedule(LATE.toNanos(), () -> datagrams.expectNoMore(token));
    }
  }

  private void repeat(Knock knock, Duration patience, Call call)
      throws I2pException, InterruptedException {
    long end = time.nanos() + patience.toNanos();
    I2pException failure;
    do {
      failure = knock.run(call);
    } while (!reached && !call.aborted() && time.nanos() < end);
    if (!reached && call.aborted()) {
      // an unreached session is renewed for its own sake, not since a caller's patience ended
      throw failure != null
          ? failure
          : new I2pException(ErrorKind.PEER_UNREACHABLE, "no probe has arrived");
    }
  }

  private @Nullable I2pException knock(SessionDriver prober, Call call)
      throws I2pException, InterruptedException {
    try {
      StreamDriver stream = prober.connect(ConnectRequest.of(target, 0, 0), call);
      try {
        waitForNews(ARRIVAL, call);
      } finally {
        stream.reset();
      }
      return null;
    } catch (I2pException e) {
      if (e.kind().place() != ErrorKind.Place.PEER && e.kind() != ErrorKind.LEASESET_NOT_FOUND) {
        throw e;
      }
      waitForNews(PAUSE, call);
      return e;
    }
  }

  private void arrived() {
    reached = true;
    news.release();
  }

  private void waitForNews(Duration limit, Call call) throws InterruptedException {
    try (Registration timer = time.schedule(limit.toNanos(), news::release);
        Registration abort = call.onAbort(news::release)) {
      news.acquire();
    }
  }
}
