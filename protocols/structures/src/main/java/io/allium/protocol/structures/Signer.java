package io.allium.protocol.structures;

import java.util.Optional;

/** Signs for a destination; {@link KeySigner} does with keys in this program. */
@FunctionalInterface
public interface Signer {
  /**
   * Signs a message.
   *
   * @param message what to sign, the whole of it: hashing is part of the signature
   * @return the signature in the encoding of I2P
   * @throws StructureException if the key cannot sign
   * @throws IllegalStateException if the key was wiped
   */
  byte[] sign(byte[] message) throws StructureException;

  /**
   * What allows the key to sign, if it is a transient one.
   *
   * @return empty if the destination's own key signs
   */
  default Optional<OfflineSignature> offline() {
    return Optional.empty();
  }
}
