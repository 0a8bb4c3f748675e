package io.allium.protocol.structures;

/**
 * A key pair in the encoding of I2P.
 *
 * @param publicKey the public key
 * @param privateKey the private key: a secret
 */
@SuppressWarnings("ArrayRecordComponent")
public record RawKeyPair(byte[] publicKey, byte[] privateKey) {
  @Override
  public String toString() {
    return "RawKeyPair";
  }
}
