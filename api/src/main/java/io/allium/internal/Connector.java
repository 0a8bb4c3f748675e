package io.allium.internal;

import io.allium.BlindedAccess;
import io.allium.ConnectOptions;
import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.spi.Call;
import io.allium.spi.ConnectRequest;
import io.allium.spi.ResolveRequest;
import io.allium.spi.RouterDriver;
import io.allium.spi.support.Timeout;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens the streams of a session. */
final class Connector {
  /** A peer whose lease set is on its way is often there a moment later; each further pause is twice as long. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  /** Up to 4 s. */
  private static final int MAX_DOUBLINGS = 2;

  /** So often is a peer tried again that cannot be reached, over a router that is sure of what it says. */
  private static final int MORE_TRIES = 1;

  /** And over one that is not, by a session that has settled. */
  private static final int MORE_TRIES_UNSURE = 2;

  private final RouterDriver router;
  private final CurrentPeriod current;
  private final boolean supervised;

  Connector(RouterDriver router, CurrentPeriod current, boolean supervised) {
    this.router = router;
    this.current = current;
    this.supervised = supervised;
  }

  /**
   * A router that stumbled is tried once more; a peer that cannot be reached once or twice, and as long as there is
   * time by a session so young that it may be its own fault; a connect that the loss of the session cuts goes on when the session is back.
   */
  StreamCore connect(I2pAddress to, ConnectOptions options, Call call)
      throws I2pException, InterruptedException {
    int tries = 0;
    @Nullable I2pException before = null;
    while (true) {
      OnlinePeriod period = current.await(call);
      tries++;
      long pause = FIRST_PAUSE.toNanos() << Math.min(tries - 1, MAX_DOUBLINGS);
      try {
        Destination peer = resolve(to.name(), options.access(), call);
        return period.adopt(period
            .driver()
            .connect(
                new ConnectRequest(peer, to.port(), options.localPort(), options.access()), call));
      } catch (I2pException e) {
        boolean same = current.is(period);
        // what its reopening closed below us is no end of ours
        boolean cut = e.kind() == ErrorKind.CLOSED && !same;
        boolean failed = e.kind().place() == ErrorKind.Place.ROUTER && e.kind().retryable();
        boolean mayBeLost = supervised && (cut || failed);
        boolean unreachable = e.kind() == ErrorKind.PEER_UNREACHABLE;
        if (call.aborted() && before != null) {
          throw before; // the last word of the router
        }
        if (call.aborted() || !mayBeLost && !unreachable) {
          throw e;
        }
        before = unreachable ? e : null;
        boolean worthIt = unreachable ? tries <= moreTries() || isYoung(period) : tries == 1;
        boolean inTime = call.remainingNanos() > pause;
        if (same && !(worthIt && inTime)) {
          throw e;
        }
        tries = same ? tries : 0;
      }
      Timeout.pauseOrWake(router.time(), pause, call);
    }
  }

  /** Whether the session may be why a peer cannot be reached. */
  private boolean isYoung(OnlinePeriod period) {
    return period.age() < router.settling().toNanos();
  }

  private int moreTries() {
    return router.settling().isZero() ? MORE_TRIES : MORE_TRIES_UNSURE;
  }

  Destination resolve(I2pName name, Optional<BlindedAccess> access, Call call)
      throws I2pException, InterruptedException {
    return name instanceof Destination known
        ? known
        : Resolver.lookUp(router, new ResolveRequest(name, false, access), call).destination();
  }
}
