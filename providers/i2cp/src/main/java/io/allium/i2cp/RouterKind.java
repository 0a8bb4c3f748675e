package io.allium.i2cp;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.protocol.i2cp.ClientMessage;
import io.allium.protocol.i2cp.state.Conversation;
import io.allium.protocol.i2cp.state.Event;
import io.allium.spi.Call;
import java.util.Optional;

/**
 * What can be told of a router.
 *
 * @param version of its API; empty if it does not say
 * @param isJava whether it is Java I2P for sure
 */
record RouterKind(String version, boolean isJava) {
  /** From this release of the API on, a router may be an i2pd, which repeated its client's version before. */
  private static final int[] DOUBTFUL = {0, 9, 67};

  /** Of a router that has greeted; asks it only where its version leaves a doubt. */
  static RouterKind of(Link link, Call call) throws I2pException, InterruptedException {
    String version = link.version();
    return new RouterKind(
        version, !version.isEmpty() && (!isDoubtful(version) || tellsItsLimits(link, call)));
  }

  /** Whether its version may be that of an i2pd that behaves otherwise than Java I2P of the same version. */
  static boolean isDoubtful(String version) {
    if (version.isEmpty()) {
      return false; // an i2pd that repeats our own version is old enough
    }
    String[] parts = version.split("\\.", -1);
    for (int i = 0; i < DOUBTFUL.length; i++) {
      int part =
          i < parts.length && parts[i].matches("[0-9]{1,4}") ? Integer.parseInt(parts[i]) : 0;
      if (part != DOUBTFUL[i]) {
        return part > DOUBTFUL[i];
      }
    }
    return true;
  }

  /**
   * i2pd tells the limits of a client alone. The time is asked for too: a router that answers to that first does not answer to
   * the other question.
   */
  private static boolean tellsItsLimits(Link link, Call call)
      throws I2pException, InterruptedException {
    Answer<Boolean> answer = new Answer<>(event -> switch (event) {
      case Event.Limits told -> Optional.of(told.limits().routerInbound() > 0);
      case Event.Clock clock -> Optional.of(false);
      default -> Optional.empty();
    });
    link.tell(answer);
    link.outbox().control(ClientMessage.getBandwidthLimits());
    link.outbox().control(ClientMessage.getDate(Conversation.OUR_VERSION));
    return answer.await(
        call,
        () -> new I2pException(
            ErrorKind.ROUTER_ERROR, "the router did not answer in time: try again"));
  }
}
