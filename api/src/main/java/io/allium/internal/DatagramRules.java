package io.allium.internal;

import io.allium.Capability;
import io.allium.DatagramOptions;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Protocol;
import java.util.Set;

/** What a datagram port may be opened for, whatever the provider. */
final class DatagramRules {
  /** What I2P's client interfaces carry with a sender (SAM v3, "Sending Repliable or Raw Datagrams"). */
  private static final int MAX_REPLIABLE = 31_744;

  /** What they carry without one (SAM v3, "SAM Anonymous (Raw) Datagrams"). */
  private static final int MAX_RAW = 32_768;

  private DatagramRules() {}

  /** While no router is there to ask. */
  static int maxPayload(Protocol protocol) {
    return protocol == Protocol.RAW ? MAX_RAW : MAX_REPLIABLE;
  }

  static void check(DatagramOptions options, SessionOpening session, Set<Capability> router)
      throws I2pException {
    Protocol protocol = options.protocol();
    if (!session.protocols().contains(protocol)) {
      throw unsupported("this session carries " + session.protocols() + ": open one with protocols("
          + protocol + ") for these datagrams");
    }
    if (protocol == Protocol.DATAGRAM && session.keys().isOffline()) {
      // datagram specification, "Datagram1": the format has no room for an offline signature
      throw unsupported(
          "repliable datagrams cannot be signed by offline keys: use DATAGRAM2, or keys that are not offline");
    }
    if (router.contains(Capability.PORTS)) {
      return;
    }
    if (options.localPort() != 0 || options.listenPort() != 0) {
      throw unsupported("this router has no ports on datagrams: use port 0, or a newer router");
    }
    int listened =
        options.listenNumber() == 0 ? options.protocol().number() : options.listenNumber();
    if (options.number() != protocol.number() || listened != protocol.number()) {
      throw unsupported("this router has no protocol numbers on datagrams: leave it at "
          + protocol.number() + ", or use a newer router");
    }
  }

  private static I2pException unsupported(String why) {
    return new I2pException(ErrorKind.UNSUPPORTED, why);
  }
}
