package io.allium.protocol.sam.datagram;

import io.allium.I2pException;

/** Signs for a destination; {@link KeySigner} does with keys in this program. */
@FunctionalInterface
public interface Signer {
  /**
   * Signs a message.
   *
   * @param message what to sign, the whole of it: hashing is part of the signature
   * @return the signature in the encoding of I2P
   * @throws I2pException {@code UNSUPPORTED} or {@code KEY_INVALID} if the key cannot sign; {@code CLOSED} if it was
   *     wiped
   */
  byte[] sign(byte[] message) throws I2pException;
}
