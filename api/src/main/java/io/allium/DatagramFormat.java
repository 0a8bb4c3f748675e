package io.allium;

import java.util.Arrays;

/**
 * The formats of a datagram.
 *
 * @see <a href="https://geti2p.net/spec/datagrams">I2P datagram specification</a>
 */
public enum DatagramFormat {
  /** With its sender's destination and signature (protocol 17). */
  REPLIABLE(Protocol.DATAGRAM),
  /** As {@link #REPLIABLE}, and safe against replay (protocol 19). */
  DATAGRAM2(Protocol.DATAGRAM2),
  /** With an unverified hash of its sender (protocol 20). */
  DATAGRAM3(Protocol.DATAGRAM3),
  /** Payload alone (protocol 18, or one of your choice). */
  RAW(Protocol.RAW);

  private final Protocol protocol;

  DatagramFormat(Protocol protocol) {
    this.protocol = protocol;
  }

  static DatagramFormat of(Protocol protocol) {
    return Arrays.stream(values())
        .filter(format -> format.protocol == protocol)
        .findFirst()
        .orElseThrow();
  }

  /**
   * What a session must carry for this format.
   *
   * @return the protocol
   */
  public Protocol protocol() {
    return protocol;
  }
}
