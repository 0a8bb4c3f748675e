package io.allium;

/** What a router can do through a provider. Ask {@link I2p#capabilities()}; more may be added. */
public enum Capability {
  /** Streams in both directions. */
  STREAM,
  /** I2P ports other than 0 on streams. */
  PORTS,
  /** {@link I2pStream#shutdownOutput()}: ending one direction while the other goes on. */
  HALF_CLOSE,
  /** Host names of the router's address book, not only b32 addresses. */
  HOST_NAMES,
  /** Options published with a destination: {@link I2p#resolveWithOptions}. */
  LOOKUP_OPTIONS,
  /** Offline-signed keys, whose long-term signing key is not in the program. */
  OFFLINE_KEYS,
  /** Repliable, authenticated datagrams ({@link DatagramFormat#REPLIABLE}). */
  DATAGRAM,
  /** {@link DatagramFormat#DATAGRAM2}. */
  DATAGRAM2,
  /** {@link DatagramFormat#DATAGRAM3}. */
  DATAGRAM3,
  /** {@link DatagramFormat#RAW}. */
  RAW,
  /** Streams and datagrams on one destination at the same time. */
  SUBSESSIONS,
  /** The signing key stays in this program: the router never sees it. */
  LOCAL_KEYS
}
