package io.allium.protocol.structures;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * The binary form of a destination's keys (SAM V3, "Session Creation Request"): destination, private key, signing
 * private key and, if that one is all zero, an offline signature with the transient private key.
 */
public final class PrivateKeys {
  /** The longest keys read: more than the longest destination, the longest private keys and an offline part. */
  public static final int MAX_LENGTH = 8192;

  private static final int CRYPTO_ELGAMAL = 0;
  private static final int CRYPTO_X25519 = 4;
  private static final int ELGAMAL_LENGTH = 256;
  private static final int X25519_LENGTH = 32;

  /** Twice the 128 bits that the group is worth; the cryptography specification asks for 226 at least. */
  private static final int ELGAMAL_EXPONENT_BITS = 256;

  private static final int OFFLINE_HEADER = 6;

  private static final SecureRandom RANDOM = new SecureRandom();

  private PrivateKeys() {}

  /**
   * What keys say about themselves; nothing secret.
   *
   * @param destination the public half, in binary
   * @param signingType the type of its signing key
   * @param expires when the transient key expires, if the signing key is offline
   */
  public record Parsed(byte[] destination, SigningType signingType, Optional<Instant> expires) {}

  /**
   * What signs for a destination.
   *
   * @param type the type of the key
   * @param owner the type of the destination's own key, the same unless the key is a transient one
   * @param privateKey the key; whoever gets it wipes it
   * @param offline the offline signature in the encoding of common structures, if the key is a transient one
   */
  record Signing(SigningType type, SigningType owner, byte[] privateKey, Optional<byte[]> offline) {
    /** Tells nothing of the key. */
    @Override
    public String toString() {
      return "Signing[" + type + "]";
    }
  }

  /**
   * Makes new keys.
   *
   * @param type the type of the signing key
   * @return the binary form
   */
  public static byte[] generate(SigningType type) {
    RawKeyPair signing = SigningKeys.generate(type, RANDOM);
    byte[] exponent = Groups.toBytes(
        Groups.exponent(BigInteger.ONE.shiftLeft(ELGAMAL_EXPONENT_BITS), RANDOM), ELGAMAL_LENGTH);
    byte[] power = Groups.toBytes(
        Groups.ELGAMAL_G.modPow(new BigInteger(1, exponent), Groups.ELGAMAL_P), ELGAMAL_LENGTH);

    byte[] signingField = new byte[KeysAndCert.SIGNING_FIELD];
    RANDOM.nextBytes(signingField);
    int inField = Math.min(signing.publicKey().length, signingField.length);
    System.arraycopy(signing.publicKey(), 0, signingField, signingField.length - inField, inField);
    byte[] excess = Arrays.copyOfRange(signing.publicKey(), inField, signing.publicKey().length);

    byte[] certificate = certificate(type, excess);
    ByteBuffer all = ByteBuffer.allocate(power.length
        + signingField.length
        + certificate.length
        + exponent.length
        + signing.privateKey().length);
    all.put(power).put(signingField).put(certificate).put(exponent).put(signing.privateKey());
    Arrays.fill(exponent, (byte) 0);
    Arrays.fill(signing.privateKey(), (byte) 0);
    return all.array();
  }

  /** A destination with a DSA key has an empty certificate: older peers know no other. */
  private static byte[] certificate(SigningType type, byte[] excess) {
    if (type == SigningType.DSA_SHA1) {
      return new byte[] {KeysAndCert.CERTIFICATE_NULL, 0, 0};
    }
    return ByteBuffer.allocate(
            KeysAndCert.CERTIFICATE_HEADER + KeysAndCert.KEY_TYPES + excess.length)
        .put((byte) KeysAndCert.CERTIFICATE_KEY)
        .putShort((short) (KeysAndCert.KEY_TYPES + excess.length))
        .putShort((short) type.code())
        .putShort((short) CRYPTO_ELGAMAL)
        .put(excess)
        .array();
  }

  /**
   * Decodes the base 64 of keys.
   *
   * @param base64 the text
   * @return the binary form, not yet checked
   * @throws StructureException if it breaks a rule; the message says which
   */
  public static byte[] decode(String base64) throws StructureException {
    if (base64.length() > (MAX_LENGTH + 2) / 3 * 4) {
      throw invalid("they are too long");
    }
    return I2pBase64.decode(base64).orElseThrow(() -> invalid("they are not in I2P's base 64"));
  }

  /**
   * Reads and checks keys.
   *
   * @param material exactly the binary form
   * @return what they say
   * @throws StructureException if it breaks a rule; the message says which
   */
  public static Parsed read(byte[] material) throws StructureException {
    KeysAndCert layout = layout(material);
    SigningType type = signingType(layout);
    ByteBuffer rest = atSigningKey(material, layout);
    byte[] signing = take(rest, type.privateKeyLength());
    try {
      byte[] publicKey = layout.signingPublicKey(material, type);
      Optional<Instant> expires = Optional.empty();
      if (isZero(signing)) {
        expires = Optional.of(readOffline(rest, type, publicKey));
      } else if (!SigningKeys.isPair(type, publicKey, signing)) {
        throw invalid("the private key does not belong to the destination");
      }
      if (rest.hasRemaining()) {
        throw invalid("there are " + rest.remaining() + " bytes after their end");
      }
      return new Parsed(Arrays.copyOf(material, layout.length()), type, expires);
    } finally {
      Arrays.fill(signing, (byte) 0);
    }
  }

  /**
   * Finds the key that signs, in keys that {@link #read} has checked.
   *
   * @param material exactly the binary form
   * @return the signing key, or the transient one where that is offline
   * @throws StructureException for what {@link #read} would refuse by its layout
   */
  static Signing signing(byte[] material) throws StructureException {
    KeysAndCert layout = layout(material);
    SigningType type = signingType(layout);
    ByteBuffer rest = atSigningKey(material, layout);
    byte[] signing = take(rest, type.privateKeyLength());
    if (!isZero(signing)) {
      return new Signing(type, type, signing, Optional.empty());
    }
    int start = rest.position();
    ByteBuffer header = ByteBuffer.wrap(take(rest, OFFLINE_HEADER));
    SigningType transientType = SigningType.ofCode(
            Short.toUnsignedInt(header.getShort(Integer.BYTES)))
        .orElseThrow(() -> invalid("the type of their transient key is not supported"));
    take(rest, transientType.publicKeyLength() + type.signatureLength());
    byte[] offline = Arrays.copyOfRange(material, start, rest.position());
    return new Signing(
        transientType, type, take(rest, transientType.privateKeyLength()), Optional.of(offline));
  }

  private static ByteBuffer atSigningKey(byte[] material, KeysAndCert layout)
      throws StructureException {
    ByteBuffer rest = ByteBuffer.wrap(material);
    rest.position(layout.length());
    take(rest, cryptoLength(layout.cryptoTypeCode()));
    return rest;
  }

  private static Instant readOffline(ByteBuffer rest, SigningType type, byte[] publicKey)
      throws StructureException {
    byte[] header = take(rest, OFFLINE_HEADER);
    ByteBuffer fields = ByteBuffer.wrap(header);
    long seconds = Integer.toUnsignedLong(fields.getInt());
    SigningType transientType = SigningType.ofCode(Short.toUnsignedInt(fields.getShort()))
        .orElseThrow(() -> invalid("the type of their transient key is not supported"));
    byte[] transientPublic = take(rest, transientType.publicKeyLength());
    byte[] signature = take(rest, type.signatureLength());
    byte[] transientPrivate = take(rest, transientType.privateKeyLength());
    try {
      ByteArrayOutputStream signed = new ByteArrayOutputStream();
      signed.writeBytes(header);
      signed.writeBytes(transientPublic);
      if (!SigningKeys.verify(type, publicKey, signed.toByteArray(), signature)) {
        throw invalid("the offline signature is not by this destination");
      }
      if (!SigningKeys.isPair(transientType, transientPublic, transientPrivate)) {
        throw invalid("the transient private key does not belong to its public key");
      }
      return Instant.ofEpochSecond(seconds);
    } finally {
      Arrays.fill(transientPrivate, (byte) 0);
    }
  }

  private static SigningType signingType(KeysAndCert layout) throws StructureException {
    return layout.signingType().orElseThrow(() -> invalid("their signature type is not supported"));
  }

  private static KeysAndCert layout(byte[] material) throws StructureException {
    try {
      return KeysAndCert.read(material);
    } catch (StructureException e) {
      throw new StructureException("These are not the keys of a destination. " + e.getMessage(), e);
    }
  }

  private static int cryptoLength(int cryptoType) throws StructureException {
    return switch (cryptoType) {
      case CRYPTO_ELGAMAL -> ELGAMAL_LENGTH;
      case CRYPTO_X25519 -> X25519_LENGTH;
      default -> throw invalid("their encryption type " + cryptoType + " is not supported");
    };
  }

  private static byte[] take(ByteBuffer from, int length) throws StructureException {
    if (from.remaining() < length) {
      throw invalid("they are cut short");
    }
    byte[] part = new byte[length];
    from.get(part);
    return part;
  }

  private static boolean isZero(byte[] bytes) {
    int any = 0;
    for (byte b : bytes) {
      any |= b;
    }
    return any == 0;
  }

  private static StructureException invalid(String why) {
    return new StructureException("These keys are unusable: " + why);
  }
}
