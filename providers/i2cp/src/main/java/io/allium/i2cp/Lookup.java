package io.allium.i2cp;

import io.allium.Base32Address;
import io.allium.BlindedAccess;
import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.protocol.i2cp.ClientMessage;
import io.allium.protocol.i2cp.HostReply;
import io.allium.protocol.i2cp.state.Event;
import io.allium.spi.Call;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One look-up on a connection of its own, which has no session. */
final class Lookup {
  private static final long NUMBER = 1;

  /** Java I2P finds what there is within ten seconds, or not at all. */
  private static final Duration LONGEST = Duration.ofSeconds(15);

  private Lookup() {}

  /** Asks a router for a name that is no destination yet. */
  static Destination of(I2pName name, Optional<BlindedAccess> access, Link link, Call call)
      throws I2pException, InterruptedException {
    Answer<HostReply> answer = new Answer<>(Lookup::read);
    link.tell(answer);
    if (access.isPresent()) {
      link.outbox().control(Blinding.message(blinded(name), access.get(), link.clock()));
    }
    link.outbox().control(question(name, TimeUnit.NANOSECONDS.toMillis(routersTime(call))));
    HostReply found = answer.await(
        call,
        () -> new I2pException(
            ErrorKind.TIMEOUT, "the router did not find the name in time: try again"));
    if (found.destination().isEmpty()) {
      throw access.isPresent()
          ? I2cpErrors.blindedLookup(found.code())
          : I2cpErrors.lookup(found.code());
    }
    try {
      return Destination.of(found.destination().get());
    } catch (I2pException e) {
      throw I2cpErrors.noDestination(e);
    }
  }

  private static byte[] question(I2pName name, long timeoutMillis) {
    Optional<byte[]> hash = name.hash();
    return hash.isPresent()
        ? ClientMessage.lookup(ClientMessage.NO_SESSION, NUMBER, timeoutMillis, hash.get())
        : ClientMessage.lookup(ClientMessage.NO_SESSION, NUMBER, timeoutMillis, name.text());
  }

  private static Optional<HostReply> read(Event event) {
    return event instanceof Event.Found found && found.reply().request() == NUMBER
        ? Optional.of(found.reply())
        : Optional.empty();
  }

  private static Base32Address blinded(I2pName name) throws I2pException {
    if (name instanceof Base32Address address && address.isEncrypted()) {
      return address;
    }
    throw new I2pException(
        ErrorKind.CONFIG_INVALID,
        "a secret or a client's key opens an encrypted address, of 56 letters and digits: give such an address, or leave"
            + " them out");
  }

  /** Less than ours: its no says more than that no answer came. */
  private static long routersTime(Call call) {
    return Math.min(LONGEST.toNanos(), call.remainingNanos() / 4 * 3);
  }
}
