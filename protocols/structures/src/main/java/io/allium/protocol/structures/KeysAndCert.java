package io.allium.protocol.structures;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where the parts of a destination are (common structures, "KeysAndCert", "Key Certificates"): a 256-byte field for the
 * encryption key, a 128-byte field for the signing key at its end, and a certificate that says what they are.
 *
 * @param length the bytes of the whole destination
 * @param signatureTypeCode the type of the signing key
 * @param cryptoTypeCode the type of the encryption key
 */
public record KeysAndCert(int length, int signatureTypeCode, int cryptoTypeCode) {
  /** The field of the encryption public key. */
  public static final int CRYPTO_FIELD = 256;

  /** The field of the signing public key. */
  public static final int SIGNING_FIELD = 128;

  /** The header of a certificate: its type and the length of what follows. */
  public static final int CERTIFICATE_HEADER = 3;

  /** The type of a certificate that says nothing. */
  public static final int CERTIFICATE_NULL = 0;

  /** The type of a key certificate. */
  public static final int CERTIFICATE_KEY = 5;

  /** What a key certificate starts with: two key types. */
  public static final int KEY_TYPES = 4;

  /**
   * The longest certificate read. The largest signing key proposed so far, of 2592 bytes, needs 2468; the format's
   * 65535 would let a peer fill our memory.
   */
  public static final int MAX_CERTIFICATE = 4096;

  /** The longest destination read. */
  public static final int MAX_LENGTH =
      CRYPTO_FIELD + SIGNING_FIELD + CERTIFICATE_HEADER + MAX_CERTIFICATE;

  private static final int CERTIFICATE_AT = CRYPTO_FIELD + SIGNING_FIELD;
  private static final int MIN_LENGTH = CERTIFICATE_AT + CERTIFICATE_HEADER;

  /**
   * Finds the parts of the destination at the front of {@code data}.
   *
   * @param data a destination, perhaps with more behind it
   * @return its parts
   * @throws StructureException if it is cut short or its certificate is unusable
   */
  public static KeysAndCert read(byte[] data) throws StructureException {
    if (data.length < MIN_LENGTH) {
      throw cutShort(data.length);
    }
    int type = data[CERTIFICATE_AT];
    int payload = unsignedShort(data, CERTIFICATE_AT + 1);
    if (payload > MAX_CERTIFICATE) {
      throw invalid("its certificate is too long");
    }
    int length = MIN_LENGTH + payload;
    if (data.length < length) {
      throw cutShort(data.length);
    }
    if (type == CERTIFICATE_NULL && payload == 0) {
      return new KeysAndCert(length, SigningType.DSA_SHA1.code(), 0);
    }
    if (type != CERTIFICATE_KEY || payload < KEY_TYPES) {
      throw invalid("its certificate is neither empty nor a key certificate");
    }
    int signingType = unsignedShort(data, MIN_LENGTH);
    int excess = SigningType.ofCode(signingType).map(KeysAndCert::excess).orElse(0);
    if (payload < KEY_TYPES + excess) {
      throw invalid("its certificate lacks a part of the signing key");
    }
    return new KeysAndCert(length, signingType, unsignedShort(data, MIN_LENGTH + 2));
  }

  /**
   * The type of the signing key.
   *
   * @return the type, or empty if it is one that is not known here
   */
  public Optional<SigningType> signingType() {
    return SigningType.ofCode(signatureTypeCode);
  }

  /**
   * The bytes of a signing public key that its field has no room for.
   *
   * @param type the type
   * @return 0, or how many bytes are in the certificate
   */
  static int excess(SigningType type) {
    return Math.max(0, type.publicKeyLength() - SIGNING_FIELD);
  }

  /**
   * The signing public key.
   *
   * @param data the destination that was read
   * @param type its signature type
   * @return a copy, without padding
   */
  public byte[] signingPublicKey(byte[] data, SigningType type) {
    int excess = excess(type);
    int inField = type.publicKeyLength() - excess;
    byte[] key = Arrays.copyOfRange(data, CERTIFICATE_AT - inField, CERTIFICATE_AT + excess);
    System.arraycopy(
        data, excess == 0 ? 0 : MIN_LENGTH + KEY_TYPES, key, excess == 0 ? 0 : inField, excess);
    return key;
  }

  /**
   * The SHA-256 hash of a destination.
   *
   * @param data the whole destination
   * @return 32 bytes
   */
  public static byte[] sha256(byte[] data) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(data);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }

  private static int unsignedShort(byte[] data, int at) {
    return (data[at] & 0xff) << 8 | data[at + 1] & 0xff;
  }

  private static StructureException cutShort(int length) {
    return invalid("it is cut short after " + length + " bytes");
  }

  private static StructureException invalid(String why) {
    return new StructureException("This is not a destination, " + why + ": check its text");
  }
}
