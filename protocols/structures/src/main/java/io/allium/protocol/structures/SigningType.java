package io.allium.protocol.structures;

import java.util.Optional;

/** The types of signing keys that are known here (common structures, "Key Certificates"). */
public enum SigningType {
  /** Type 0: 1024-bit DSA. Weak. */
  DSA_SHA1(0, "DSA_SHA1", 128, 20, 40),
  /** Type 1: ECDSA over NIST P-256. */
  ECDSA_SHA256_P256(1, "ECDSA_SHA256_P256", 64, 32, 64),
  /** Type 2: ECDSA over NIST P-384. */
  ECDSA_SHA384_P384(2, "ECDSA_SHA384_P384", 96, 48, 96),
  /** Type 3: ECDSA over NIST P-521, whose key does not fit a destination's key field. */
  ECDSA_SHA512_P521(3, "ECDSA_SHA512_P521", 132, 66, 132),
  /** Type 7: Ed25519. */
  ED25519(7, "EdDSA_SHA512_Ed25519", 32, 32, 64),
  /** Type 11: Red25519 (I2P Red25519 specification). */
  RED25519(11, "RedDSA_SHA512_Ed25519", 32, 32, 64);

  private final int code;
  private final String specName;
  private final int publicKeyLength;
  private final int privateKeyLength;
  private final int signatureLength;

  SigningType(
      int code, String specName, int publicKeyLength, int privateKeyLength, int signatureLength) {
    this.code = code;
    this.specName = specName;
    this.publicKeyLength = publicKeyLength;
    this.privateKeyLength = privateKeyLength;
    this.signatureLength = signatureLength;
  }

  /**
   * Finds a type by its number.
   *
   * @param code the number of the specification
   * @return the type, or empty for a number that is not in this enum
   */
  public static Optional<SigningType> ofCode(int code) {
    for (SigningType type : values()) {
      if (type.code == code) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /**
   * The number of this type.
   *
   * @return 0, 1, 2, 3, 7 or 11
   */
  public int code() {
    return code;
  }

  /**
   * The name of this type in the specification.
   *
   * @return the name, such as {@code EdDSA_SHA512_Ed25519}
   */
  public String specName() {
    return specName;
  }

  /**
   * The length of a public key.
   *
   * @return bytes
   */
  public int publicKeyLength() {
    return publicKeyLength;
  }

  /**
   * The length of a private key.
   *
   * @return bytes
   */
  public int privateKeyLength() {
    return privateKeyLength;
  }

  /**
   * The length of a signature.
   *
   * @return bytes
   */
  public int signatureLength() {
    return signatureLength;
  }
}
