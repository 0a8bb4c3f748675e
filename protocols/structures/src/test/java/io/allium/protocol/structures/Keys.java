package io.allium.protocol.structures;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/** A destination of the tests' own. */
record Keys(byte[] material) {
  static Keys generate(SigningType type) {
    return new Keys(PrivateKeys.generate(type));
  }

  /** Keys whose signing key is elsewhere: the transient one of another destination signs (SAM V3, "Offline Signatures"). */
  static Keys offline(SigningType type, SigningType transientType, Instant expires)
      throws Exception {
    Keys keys = generate(type);
    Keys other = generate(transientType);
    byte[] block = ByteBuffer.allocate(6 + transientType.publicKeyLength())
        .putInt((int) expires.getEpochSecond())
        .putShort((short) transientType.code())
        .put(other.publicKey())
        .array();
    byte[] signature = SigningKeys.sign(type, keys.privateKey(), block);
    byte[] material = keys.material.clone();
    Arrays.fill(material, material.length - type.privateKeyLength(), material.length, (byte) 0);
    byte[] all = Bytes.join(material, block, signature, other.privateKey());
    PrivateKeys.read(all);
    return new Keys(all);
  }

  byte[] destination() throws StructureException {
    return Arrays.copyOf(material, KeysAndCert.read(material).length());
  }

  byte[] hash() throws StructureException {
    return KeysAndCert.sha256(destination());
  }

  byte[] publicKey() throws StructureException {
    KeysAndCert layout = KeysAndCert.read(material);
    return layout.signingPublicKey(material, layout.signingType().orElseThrow());
  }

  SigningType type() throws StructureException {
    return KeysAndCert.read(material).signingType().orElseThrow();
  }

  /** The key that signs, in binary. */
  byte[] privateKey() throws StructureException {
    return PrivateKeys.signing(material).privateKey();
  }

  KeySigner signer() throws StructureException {
    return KeySigner.of(material);
  }
}
