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
    KeysAndCert layout = layout(destination);
    SigningType type = layout
        .signingType()
        .orElseThrow(
            () -> StructureException.ofDatagram("its sender's signature type is not known here"));
    return new Sender(destination, type, layout.signingPublicKey(destination, type));
  }

  static KeysAndCert layout(byte[] destination) throws StructureException {
    try {
      return KeysAndCert.read(destination);
    } catch (StructureException e) {
      throw StructureException.ofDatagram("its sender is no destination");
    }
  }
}
