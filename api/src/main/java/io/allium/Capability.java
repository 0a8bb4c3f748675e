package io.allium;

/** What a router can do through a provider. Ask {@link I2p#capabilities()}; more may be added. */
public enum Capability {
  /** Streams in both directions. */
  STREAM,
  /** I2P ports other than 0, on streams and datagrams. */
  PORTS,
  /** {@link I2pStream#shutdownOutput()}: ending one direction while the other goes on. */
  HALF_CLOSE,
  /** When a stream is open, the peer has answered, not only our router. */
  CONNECT_CONFIRMED,
  /** {@link I2pStream#endedCleanly()}: knows a stream that was cut from one that ended. */
  CLEAN_END,
  /** {@link I2pSession#close(java.time.Duration)} knows whether what was written was delivered. */
  DELIVERY_KNOWN,
  /** Host names of the router's address book, not only b32 addresses. */
  HOST_NAMES,
  /** Options published with a destination: {@link ResolveOptions#leaseSetOptions()}. */
  LOOKUP_OPTIONS,
  /** Encrypted lease sets that ask for a secret or a client key: {@link BlindedAccess}. */
  BLINDED_ACCESS,
  /** Offline-signed keys, whose long-term signing key is not in the program. */
  OFFLINE_KEYS,
  /** Repliable, authenticated datagrams ({@link Protocol#DATAGRAM}). */
  DATAGRAM,
  /** {@link Protocol#DATAGRAM2}. */
  DATAGRAM2,
  /** {@link Protocol#DATAGRAM3}. */
  DATAGRAM3,
  /** {@link Protocol#RAW}. */
  RAW,
  /** Several protocols on one destination at the same time. */
  SUBSESSIONS,
  /** The signing key stays in this program: the router never sees it. */
  LOCAL_KEYS
}
