package io.allium.examples;

import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.DestinationKeys;
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
import java.nio.file.Path;

/**
 * Answers each datagram with the time: what was asked, eight bytes, and the milliseconds since 1970. No two clocks are
 * alike, so that this tells whether two destinations are on one machine: use no identity that must not be linked.
 */
public final class ClockServer {
  static final int QUESTION_LENGTH = 8;

  private static final String USAGE = """
      usage: ClockServer ROUTER KEYS
        ROUTER  such as sam://127.0.0.1:7656
        KEYS    the file with the clock's identity; made when absent""";

  private ClockServer() {}

  /**
   * Runs the program until its session ends.
   *
   * @param args the router's URI and a key file
   * @throws IOException if the router fails
   */
  public static void main(String... args) throws IOException {
    if (args.length != 2) {
      System.err.println(USAGE);
      System.exit(64);
    }
    try (DestinationKeys keys = DestinationKeys.loadOrCreate(Path.of(args[1]));
        I2p i2p = I2p.connect(args[0]);
        I2pSession session = i2p.open(
            SessionConfig.builder().keys(keys).protocols(Protocol.DATAGRAM).build());
        DatagramPort port = session.datagrams(DatagramOptions.of(Protocol.DATAGRAM, 0))) {
      System.out.println(session.destination().base32().text());
      while (true) {
        answer(port);
      }
    }
  }

  private static void answer(DatagramPort port) throws I2pException {
    try {
      I2pDatagram question = port.receive();
      if (question instanceof I2pDatagram.Authenticated asked
          && asked.payload().length == QUESTION_LENGTH) {
        byte[] answer = ByteBuffer.allocate(QUESTION_LENGTH + Long.BYTES)
            .put(asked.payload())
            .putLong(System.currentTimeMillis())
            .array();
        port.send(I2pAddress.of(asked.from(), asked.fromPort()), answer);
      }
    } catch (I2pException e) {
      if (e.kind().place() == ErrorKind.Place.US) {
        throw e;
      } // else the router is away: whoever gets no answer asks again
    }
  }
}
