package io.allium;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How to open a datagram port.
 *
 * @param format the format of what it sends and receives
 * @param localPort the I2P port that datagrams are sent from, 0–65535; default 0
 * @param listenPort the I2P port whose datagrams are received, 0–65535, 0 for all; default {@code localPort}
 * @param protocol I2CP protocol number of raw datagrams, 0–255, not 6, 17, 19 or 20; default 18
 * @param listenProtocol the protocol number of the raw datagrams that are received, 0–255, not 6, 0 for all; default
 *     {@code protocol}
 * @param header whether raw datagrams tell their ports and protocol; default true
 * @see <a href="https://geti2p.net/en/docs/api/samv3">SAM 3.2, SESSION CREATE: PROTOCOL, LISTEN_PORT, HEADER</a>
 */
public record DatagramOptions(
    DatagramFormat format,
    int localPort,
    OptionalInt listenPort,
    int protocol,
    OptionalInt listenProtocol,
    boolean header) {
  /** The I2CP protocol number of raw datagrams. */
  public static final int RAW_PROTOCOL = 18;

  /** I2CP's numbers of streams, repliable datagrams, Datagram2 and Datagram3: no raw datagram has them. */
  static final Set<Integer> TAKEN_PROTOCOLS = Set.of(6, 17, 19, 20);

  /** Checks ranges. */
  public DatagramOptions {
    Objects.requireNonNull(format, "format");
    Checks.port(localPort);
    listenPort.ifPresent(Checks::port);
    if (protocol < 0 || protocol > 255 || TAKEN_PROTOCOLS.contains(protocol)) {
      throw new IllegalArgumentException("protocol " + protocol + " is not one for raw datagrams");
    }
    if (listenProtocol.isPresent()) {
      int listened = listenProtocol.getAsInt();
      if (listened < 0 || listened > 255 || listened == 6) {
        throw new IllegalArgumentException(
            "protocol " + listened + " is not one to receive raw datagrams of");
      }
    }
  }

  /**
   * Options with the defaults of a format.
   *
   * @param format the format
   * @param localPort the port to send from and receive at, 0–65535
   * @return the options
   */
  public static DatagramOptions of(DatagramFormat format, int localPort) {
    return new DatagramOptions(
        format, localPort, OptionalInt.empty(), RAW_PROTOCOL, OptionalInt.empty(), true);
  }

  /**
   * These options with another listen port.
   *
   * @param port 0–65535, 0 for all
   * @return a copy
   */
  public DatagramOptions withListenPort(int port) {
    return new DatagramOptions(
        format, localPort, OptionalInt.of(port), protocol, listenProtocol, header);
  }

  /**
   * These options with another protocol number for raw datagrams.
   *
   * @param number 0–255, not 6, 17, 19 or 20
   * @return a copy
   */
  public DatagramOptions withProtocol(int number) {
    return new DatagramOptions(format, localPort, listenPort, number, listenProtocol, header);
  }

  /**
   * These options with another protocol number to receive.
   *
   * @param number 0–255, not 6; 0 for all
   * @return a copy
   */
  public DatagramOptions withListenProtocol(int number) {
    return new DatagramOptions(
        format, localPort, listenPort, protocol, OptionalInt.of(number), header);
  }

  /**
   * These options with or without the header of raw datagrams.
   *
   * @param wanted whether raw datagrams tell their ports and protocol
   * @return a copy
   */
  public DatagramOptions withHeader(boolean wanted) {
    return new DatagramOptions(format, localPort, listenPort, protocol, listenProtocol, wanted);
  }
}
