package io.allium.interop;

import io.allium.Base32Address;
import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pAddress;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Protocol;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Where datagrams of one format are sent from and received, whatever a router speaks. */
interface DatagramEnd {
  /** Which address the sender of a raw datagram has. */
  String NOBODY = "nobody";

  /**
   * What came.
   *
   * @param sender the sender's address as the format tells it, or {@link #NOBODY}
   * @param payload the content
   */
  record Arrival(String sender, byte[] payload) {}

  Destination destination();

  void send(Destination to, byte[] payload) throws IOException;

  /** The next one, or nothing if none comes in time. */
  Optional<Arrival> receive(Duration limit) throws IOException;

  /** On a session of Allium. */
  static DatagramEnd of(I2pSession session, Protocol format) throws I2pException {
    return new OfAllium(session, session.datagrams(DatagramOptions.of(format, 0)));
  }

  /** On a session by hand. */
  static DatagramEnd of(RawUdp session) throws I2pException {
    return new ByHand(session, Destination.parse(session.me()));
  }

  /** Allium's own way. */
  record OfAllium(I2pSession session, DatagramPort port) implements DatagramEnd {
    @Override
    public Destination destination() {
      return session.destination();
    }

    @Override
    public void send(Destination to, byte[] payload) throws I2pException {
      port.send(I2pAddress.of(to, 0), payload);
    }

    @Override
    public Optional<Arrival> receive(Duration limit) throws I2pException {
      try {
        I2pDatagram datagram = port.receive(limit);
        String sender = switch (datagram) {
          case I2pDatagram.Authenticated known -> known.from().base32().text();
          case I2pDatagram.Unverified claimed -> claimed.claimedHash().text();
          case I2pDatagram.Raw raw -> NOBODY;
        };
        return Optional.of(new Arrival(sender, datagram.payload()));
      } catch (I2pException e) {
        if (e.kind() == ErrorKind.TIMEOUT) {
          return Optional.empty();
        }
        throw e;
      }
    }
  }

  /** For styles of SAM that Allium's provider does not use: the sender stands in a line before the payload. */
  record ByHand(RawUdp session, Destination destination) implements DatagramEnd {
    private static final int HASH_BYTES = 32;

    @Override
    public void send(Destination to, byte[] payload) throws IOException {
      session.send(to.base64(), payload);
    }

    @Override
    public Optional<Arrival> receive(Duration limit) throws IOException {
      Optional<byte[]> packet = session.receive(limit);
      if (packet.isEmpty()) {
        return Optional.empty();
      }
      byte[] all = packet.get();
      int line = 0;
      while (all[line] != '\n') {
        line++;
      }
      String sender = new String(all, 0, line, StandardCharsets.US_ASCII).split(" ", 2)[0];
      return Optional.of(
          new Arrival(address(sender), Arrays.copyOfRange(all, line + 1, all.length)));
    }

    /** Of a destination, or of a hash alone. */
    private static String address(String base64) throws I2pException {
      byte[] bytes = Base64.getDecoder().decode(base64.replace('-', '+').replace('~', '/'));
      return bytes.length == HASH_BYTES
          ? Base32Address.ofHash(bytes).text()
          : Destination.of(bytes).base32().text();
    }
  }
}
