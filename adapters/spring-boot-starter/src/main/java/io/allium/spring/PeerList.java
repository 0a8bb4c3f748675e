package io.allium.spring;

import io.allium.Base32Address;
import io.allium.Destination;
import io.allium.Hostname;
import io.allium.I2pException;
import io.allium.I2pName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The destinations that {@code allium.server.peers} names. */
record PeerList(Set<Base32Address> addresses) {
  static PeerList of(List<String> texts) {
    return new PeerList(
        texts.stream().map(PeerList::address).collect(Collectors.toUnmodifiableSet()));
  }

  private static Base32Address address(String text) {
    try {
      I2pName name = I2pName.parse(text.strip());
      return switch (name) {
        case Destination destination -> destination.base32();
        case Base32Address address when !address.isEncrypted() -> address;
        case Base32Address address ->
          throw new IllegalArgumentException(
              "allium.server.peers has the address of an encrypted lease set, which names nobody: use the peer's"
                  + " .b32.i2p address of 52 characters");
        case Hostname host ->
          throw new IllegalArgumentException("allium.server.peers has the name " + host
              + ", which could change hands: use the peer's .b32.i2p address");
      };
    } catch (I2pException e) {
      throw new IllegalArgumentException("allium.server.peers: " + e.getMessage(), e);
    }
  }

  boolean isEmpty() {
    return addresses.isEmpty();
  }

  boolean names(I2pPeer peer) {
    return addresses.contains(peer.address());
  }
}
