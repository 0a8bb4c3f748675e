package io.allium;

import io.allium.protocol.structures.SigningType;
import java.util.Locale;
import java.util.Optional;

/**
 * The signature types a destination of ours can have (I2P common structures, "Key Certificates").
 *
 * <p>Use {@link #ED25519} unless a peer needs another: it is what the network uses. Destinations of other people may
 * have a type that is not here; they are still usable as addresses, see {@link Destination#signatureTypeCode()}.
 */
public enum SignatureType {
  /** Type 0: 1024-bit DSA, for destinations from before 2014. Weak; do not create new ones. */
  DSA_SHA1(SigningType.DSA_SHA1),
  /** Type 1: ECDSA over NIST P-256. */
  ECDSA_SHA256_P256(SigningType.ECDSA_SHA256_P256),
  /** Type 2: ECDSA over NIST P-384; rare. */
  ECDSA_SHA384_P384(SigningType.ECDSA_SHA384_P384),
  /** Type 3: ECDSA over NIST P-521; rare, its key does not fit the destination's key field. */
  ECDSA_SHA512_P521(SigningType.ECDSA_SHA512_P521),
  /** Type 7, the default: Ed25519. */
  ED25519(SigningType.ED25519),
  /** Type 11: Red25519, for destinations that publish encrypted lease sets (I2P Red25519 specification). */
  RED25519(SigningType.RED25519);

  private final SigningType structure;

  SignatureType(SigningType structure) {
    this.structure = structure;
  }

  static SignatureType of(SigningType structure) {
    return valueOf(structure.name());
  }

  SigningType structure() {
    return structure;
  }

  /**
   * The type that new destinations have.
   *
   * @return {@link #ED25519}
   */
  public static SignatureType defaultType() {
    return ED25519;
  }

  /**
   * Finds a type by its number.
   *
   * @param code the number of the I2P specification
   * @return the type, or empty for a number that is not in this enum
   */
  public static Optional<SignatureType> ofCode(int code) {
    for (SignatureType type : values()) {
      if (type.code() == code) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /**
   * Finds a type by what the {@code SIGNATURE_TYPE} option of SAM takes: a number, or a name without regard to case.
   *
   * @param text a number, a name of the specification such as {@code EdDSA_SHA512_Ed25519}, or a constant's name
   * @return the type, or empty if there is none by that name here
   */
  public static Optional<SignatureType> find(String text) {
    String wanted = text.toUpperCase(Locale.ROOT);
    for (SignatureType type : values()) {
      if (wanted.equals(type.specName().toUpperCase(Locale.ROOT))
          || wanted.equals(type.name())
          || wanted.equals(Integer.toString(type.code()))) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /**
   * The number of this type in the specification and in SAM and I2CP.
   *
   * @return 0, 1, 2, 3, 7 or 11
   */
  public int code() {
    return structure.code();
  }

  /**
   * The name of this type in the specification.
   *
   * @return the name, such as {@code EdDSA_SHA512_Ed25519}
   */
  public String specName() {
    return structure.specName();
  }

  /**
   * The length of a signing public key.
   *
   * @return bytes
   */
  public int publicKeyLength() {
    return structure.publicKeyLength();
  }

  /**
   * The length of a signing private key.
   *
   * @return bytes
   */
  public int privateKeyLength() {
    return structure.privateKeyLength();
  }

  /**
   * The length of a signature.
   *
   * @return bytes
   */
  public int signatureLength() {
    return structure.signatureLength();
  }
}
