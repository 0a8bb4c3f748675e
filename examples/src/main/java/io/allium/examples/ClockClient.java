package io.allium.examples;

import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAddress;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Protocol;
import io.allium.SessionConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;

/** Asks a {@link ClockServer} how late it is. A datagram may get lost: no answer is a reason to ask again. */
public final class ClockClient {
  private static final String USAGE = """
      usage: ClockClient ROUTER ADDRESS
        ROUTER   such as sam://127.0.0.1:7656
        ADDRESS  the one that the clock shows""";

  private static final int TRIES = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private ClockClient() {}

  /**
   * Runs the program until there is an answer, or ten questions got none.
   *
   * @param args the router's URI and the address of a clock
   * @throws IOException if the router fails
   */
  public static void main(String... args) throws IOException {
    if (args.length != 2) {
      System.err.println(USAGE);
      System.exit(64);
    }
    try (I2p i2p = I2p.connect(args[0]);
        I2pSession session =
            i2p.open(SessionConfig.builder().protocols(Protocol.DATAGRAM).build());
        DatagramPort port = session.datagrams(DatagramOptions.of(Protocol.DATAGRAM, 0))) {
      Destination clock = i2p.resolve(args[1]).destination();
      for (int i = 1; i <= TRIES; i++) {
        try {
          ask(port, clock);
          return;
        } catch (I2pException e) {
          if (!e.kind().retryable()) {
            throw e;
          }
          System.out.println("no answer to question " + i);
        }
      }
      throw new IOException("the clock does not answer");
    }
  }

  private static void ask(DatagramPort port, Destination clock) throws I2pException {
    long id = new SecureRandom().nextLong(); // nobody can answer before being asked
    byte[] question =
        ByteBuffer.allocate(ClockServer.QUESTION_LENGTH).putLong(id).array();
    long asked = System.nanoTime();
    long before = System.currentTimeMillis();
    try {
      port.send(I2pAddress.of(clock, 0), question);
    } catch (I2pException e) {
      if (e.kind() != ErrorKind.SESSION_LOST) {
        throw e;
      } // else as good as lost: receive waits for the router
    }
    while (true) {
      I2pDatagram datagram = port.receive(PATIENCE);
      long millis = (System.nanoTime() - asked) / 1_000_000;
      ByteBuffer answer = ByteBuffer.wrap(datagram.payload());
      if (datagram instanceof I2pDatagram.Authenticated signed
          && signed.from().equals(clock)
          && answer.remaining() == ClockServer.QUESTION_LENGTH + Long.BYTES
          && answer.getLong() == id) {
        long offset = answer.getLong() - before - millis / 2;
        System.out.printf("offset %d ms, round trip %d ms%n", offset, millis);
        return;
      } // else a late answer to an earlier question, or a stranger
    }
  }
}
