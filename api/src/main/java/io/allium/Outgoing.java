package io.allium;

import io.allium.spi.Call;
import io.allium.spi.RouterDriver;
import java.time.Duration;

/** Streams that a session opens. */
final class Outgoing {
  /** A peer whose lease set is on its way is often there a moment later. */
  private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

  private final RouterDriver router;
  private final Current<Stay> current;
  private final boolean supervised;

  Outgoing(RouterDriver router, Current<Stay> current, boolean supervised) {
    this.router = router;
    this.current = current;
    this.supervised = supervised;
  }

  /**
   * A peer whose lease set is on its way, or a router that stumbled, is tried once more; a connect that the loss of the
   * session cuts goes on when the session is back.
   */
  I2pStream connect(I2pAddress to, int localPort, Call call)
      throws I2pException, InterruptedException {
    boolean again = false;
    while (true) {
      Stay stay = current.await(call);
      try {
        Destination peer = resolve(to.name(), call);
        return stay.adopt(stay.driver().connect(peer, to.port(), localPort, call));
      } catch (I2pException e) {
        // what its reopening closed below us is no end of ours
        boolean cut = e.kind() == ErrorKind.CLOSED && !current.is(stay);
        boolean failed = e.kind().place() == ErrorKind.Place.ROUTER && e.kind().retryable();
        boolean mayBeLost = supervised && (cut || failed);
        if (call.aborted() || !mayBeLost && e.kind() != ErrorKind.PEER_UNREACHABLE) {
          throw e;
        }
        if (again && current.is(stay)) {
          throw e;
        }
        again = true;
      }
      Pauses.pause(router.time(), RETRY_PAUSE.toNanos(), call);
    }
  }

  Destination resolve(I2pName name, Call call) throws I2pException, InterruptedException {
    return name instanceof Destination known
        ? known
        : I2p.lookUp(router, name, false, call).destination();
  }
}
