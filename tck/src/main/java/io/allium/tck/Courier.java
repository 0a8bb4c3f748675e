package io.allium.tck;

import io.allium.DatagramPort;
import io.allium.ErrorKind;
import io.allium.I2pAddress;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.SendOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Gets datagrams across a network that may lose them: sends one until it arrives. */
final class Courier {
  /** Longer than a datagram is under way on a network in one machine. */
  private static final Duration RESEND = Duration.ofMillis(500);

  private final Duration patience;

  Courier(Duration patience) {
    this.patience = patience;
  }

  static byte[] payload(int size) {
    byte[] payload = new byte[size];
    ThreadLocalRandom.current().nextBytes(payload);
    return payload;
  }

  I2pDatagram deliver(DatagramPort from, I2pAddress to, DatagramPort at, byte[] payload)
      throws I2pException {
    return deliver(from, to, SendOptions.defaults(), at, payload, other -> {});
  }

  /**
   * Sends a datagram until it arrives.
   *
   * @param others told of everything else that arrives, such as what an earlier test sent twice
   */
  I2pDatagram deliver(
      DatagramPort from,
      I2pAddress to,
      SendOptions how,
      DatagramPort at,
      byte[] payload,
      Consumer<I2pDatagram> others)
      throws I2pException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      from.send(to, payload, how);
      try {
        return await(at, payload, others);
      } catch (I2pException e) {
        if (e.kind() != ErrorKind.TIMEOUT || System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }

  private static I2pDatagram await(DatagramPort at, byte[] payload, Consumer<I2pDatagram> others)
      throws I2pException {
    while (true) {
      I2pDatagram arrived = at.receive(RESEND);
      if (Arrays.equals(arrived.payload(), payload)) {
        return arrived;
      }
      others.accept(arrived);
    }
  }
}
