package io.allium.protocol.structures;

/**
 * A destination whose signatures can be checked here.
 *
 * @param destination the destination in binary
 * @param type the type of its signing key
 * @param publicKey its signing key
 */
record Sender(byte[] destination, SigningType type, byte[] publicKey) {
  static Sender of(byte[] destination) throws StructureException {
    return of(destination, StructureException.DATAGRAM);
  }

  /**
   * Finds the signing key.
   *
   * @param destination the destination in binary
   * @param refusal the beginning of an error's text
   */
  static Sender of(byte[] destination, String refusal) throws StructureException {
    KeysAndCert layout = layout(destination, refusal);
    SigningType type = layout
        .signingType()
        .orElseThrow(() -> StructureException.of(refusal, "its signature type is not known here"));
    return new Sender(destination, type, layout.signingPublicKey(destination, type));
  }

  static KeysAndCert layout(byte[] destination, String refusal) throws StructureException {
    try {
      return KeysAndCert.read(destination);
    } catch (StructureException e) {
      throw StructureException.of(refusal, "it does not begin with a destination");
    }
  }
}
