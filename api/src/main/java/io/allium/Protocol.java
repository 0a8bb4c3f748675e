package io.allium;

/**
 * What a destination can carry, with its I2CP protocol number: chosen for a session with {@link
 * SessionConfig.Builder#protocols}, for a datagram port with {@link DatagramOptions#of}.
 *
 * @see <a href="https://geti2p.net/spec/datagrams">I2P datagram specification</a>
 */
public enum Protocol {
  /** Streams, like TCP. */
  STREAM(6, Capability.STREAM),
  /** Repliable datagrams: with their sender's destination and signature. */
  DATAGRAM(17, Capability.DATAGRAM),
  /** As {@link #DATAGRAM}, and safe against replay to another receiver; offline keys can sign it. */
  DATAGRAM2(19, Capability.DATAGRAM2),
  /** Repliable, with an unverified hash of the sender. */
  DATAGRAM3(20, Capability.DATAGRAM3),
  /** Payload alone, under this number or one of your choice. */
  RAW(18, Capability.RAW);

  private final int number;
  private final Capability capability;

  Protocol(int number, Capability capability) {
    this.number = number;
    this.capability = capability;
  }

  /**
   * The I2CP protocol number.
   *
   * @return 6, 17, 18, 19 or 20
   */
  public int number() {
    return number;
  }

  /**
   * What a router must be able to do to carry it.
   *
   * @return the capability of the same name
   */
  public Capability capability() {
    return capability;
  }
}
