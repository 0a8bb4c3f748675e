package io.allium.sam;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Registration;
import io.allium.spi.Call;
import io.allium.spi.RouterRequest;
import io.allium.spi.support.AbortableCall;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The first connection to a bridge. Where it fails, the address is often one that a person has just typed, so what is really
 * there is looked at, and told.
 *
 * @param bridge where it should be
 * @param neighbours where else a router of this machine shows itself
 * @param request time and threads
 */
record FirstConnection(SamBridge bridge, Neighbours neighbours, RouterRequest request) {
  /** A bridge answers at once; a web server waits for the rest of a request. */
  private static final Duration SILENCE = Duration.ofSeconds(2);

  /** A greeted connection. */
  SamConnection open(Call call) throws I2pException, InterruptedException {
    AbortableCall attempt = new AbortableCall(request.time(), call.remainingNanos());
    AtomicBoolean web = new AtomicBoolean();
    try (Registration outer = call.onAbort(attempt::abort);
        Registration timer = request
            .time()
            .schedule(
                SILENCE.toNanos(),
                () -> request.start("allium-sam-silence", () -> askForAPage(attempt, web)))) {
      SamConnection connection = bridge.connect(attempt);
      if (!attempt.finish()) {
        connection.close();
        throw new I2pException(ErrorKind.CLOSED, "abandoned");
      }
      return connection;
    } catch (I2pException e) {
      throw web.get() ? webServer(e) : explained(e, call);
    } finally {
      attempt.abort();
    }
  }

  private void askForAPage(AbortableCall attempt, AtomicBoolean web) {
    if (!attempt.aborted() && WebServer.isAt(bridge.address(), attempt.remainingNanos())) {
      web.set(true);
      attempt.abort();
    }
  }

  private I2pException webServer(I2pException cause) {
    return new I2pException(
        ErrorKind.PROTOCOL_VIOLATION,
        "what answers at " + bridge
            + " is a web server, such as a router's console or HTTP proxy: give the"
            + " port of the router's SAM bridge, usually " + SamAt.DEFAULT_PORT,
        cause);
  }

  private I2pException explained(I2pException failure, Call call) throws I2pException {
    if (failure.getCause() instanceof ConnectException) {
      return neighbours
          .advice(bridge.address())
          .map(advice -> new I2pException(
              failure.kind(), "no SAM bridge answers at " + bridge + ", but " + advice, failure))
          .orElse(failure);
    }
    boolean strange = failure.kind() == ErrorKind.PROTOCOL_VIOLATION
        || failure.kind() == ErrorKind.ROUTER_UNREACHABLE;
    return strange && !call.aborted() && WebServer.isAt(bridge.address(), call.remainingNanos())
        ? webServer(failure)
        : failure;
  }
}
