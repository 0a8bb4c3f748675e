package io.allium.protocol.structures;

/** Checks signatures. */
@FunctionalInterface
public interface Verifier {
  /**
   * Whether a signature was made by a key.
   *
   * @param type the type of the key
   * @param publicKey as long as the type says
   * @param message what was signed
   * @param signature as long as the type says
   * @return false for every other signature, and for bytes that are no key
   */
  boolean verify(SigningType type, byte[] publicKey, byte[] message, byte[] signature);

  /**
   * Checks with the algorithms of the JDK.
   *
   * @return safe for use by several threads
   */
  static Verifier jdk() {
    return SigningKeys::verify;
  }
}
