package io.allium;

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
  DSA_SHA1(0, "DSA_SHA1", 128, 20, 40),
  /** Type 1: ECDSA over NIST P-256. */
  ECDSA_SHA256_P256(1, "ECDSA_SHA256_P256", 64, 32, 64),
  /** Type 2: ECDSA over NIST P-384; rare. */
  ECDSA_SHA384_P384(2, "ECDSA_SHA384_P384", 96, 48, 96),
  /** Type 3: ECDSA over NIST P-521; rare, its key does not fit the destination's key field. */
  ECDSA_SHA512_P521(3, "ECDSA_SHA512_P521", 132, 66, 132),
  /** Type 7, the default: Ed25519. */
  ED25519(7, "EdDSA_SHA512_Ed25519", 32, 32, 64),
  /** Type 11: Red25519, for destinations that publish encrypted lease sets (I2P Red25519 specification). */
  RED25519(11, "RedDSA_SHA512_Ed25519", 32, 32, 64);

  private final int code;
  private final String specName;
  private final int publicKeyLength;
  private final int privateKeyLength;
  private final int signatureLength;

  SignatureType(
      int code, String specName, int publicKeyLength, int privateKeyLength, int signatureLength) {
    this.code = code;
    this.specName = specName;
    this.publicKeyLength = publicKeyLength;
    this.privateKeyLength = privateKeyLength;
    this.signatureLength = signatureLength;
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
      if (type.code == code) {
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
      if (wanted.equals(type.specName.toUpperCase(Locale.ROOT))
          || wanted.equals(type.name())
          || wanted.equals(Integer.toString(type.code))) {
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
   * The length of a signing public key.
   *
   * @return bytes
   */
  public int publicKeyLength() {
    return publicKeyLength;
  }

  /**
   * The length of a signing private key.
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
