package io.allium.protocol.structures;

import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * What the long base 32 address of an encrypted lease set says ("B32 for Encrypted Leasesets", "Decoding and
 * Verification").
 *
 * @param signingType the type of the destination's signing key
 * @param blindedSigningType the type of the key after blinding
 * @param secretRequired whether a secret is needed
 * @param clientKeyRequired whether a client key is needed
 */
public record BlindedAddress(
    SigningType signingType,
    SigningType blindedSigningType,
    boolean secretRequired,
    boolean clientKeyRequired) {
  private static final int HEADER_LENGTH = 3;
  private static final int FLAG_TWO_BYTE_TYPES = 1;
  private static final int FLAG_SECRET = 2;
  private static final int FLAG_CLIENT_KEY = 4;
  private static final int FLAGS_UNUSED = 0xf8;

  /**
   * Reads a decoded address.
   *
   * @param data more than {@value #HEADER_LENGTH} bytes
   * @return what it says
   * @throws StructureException if it breaks a rule; the message says which
   */
  public static BlindedAddress read(byte[] data) throws StructureException {
    CRC32 crc = new CRC32();
    crc.update(data, HEADER_LENGTH, data.length - HEADER_LENGTH);
    long checksum = crc.getValue();
    int flags = (data[0] ^ (int) checksum) & 0xff;
    int type = (data[1] ^ (int) (checksum >> 8)) & 0xff;
    int blindedType = (data[2] ^ (int) (checksum >> 16)) & 0xff;

    // The checksum only masks these three bytes: a mistyped address shows as a header that makes no
    // sense. The scheme
    // with two-byte types is reserved for numbers that do not exist.
    if ((flags & (FLAGS_UNUSED | FLAG_TWO_BYTE_TYPES)) != 0) {
      throw invalid("has a wrong checksum, or flags that are not supported");
    }
    boolean canBeBlinded =
        type == SigningType.ED25519.code() || type == SigningType.RED25519.code();
    if (!canBeBlinded || blindedType != SigningType.RED25519.code()) {
      throw invalid("has a wrong checksum, or key types that cannot be blinded");
    }
    SigningType signingType = SigningType.ofCode(type).orElseThrow();
    if (data.length != HEADER_LENGTH + signingType.publicKeyLength()) {
      throw invalid("has a length that does not fit its key");
    }
    return new BlindedAddress(
        signingType,
        SigningType.RED25519,
        (flags & FLAG_SECRET) != 0,
        (flags & FLAG_CLIENT_KEY) != 0);
  }

  /**
   * The destination's signing public key.
   *
   * @param data the decoded address
   * @return a copy
   */
  public byte[] publicKey(byte[] data) {
    return Arrays.copyOfRange(data, HEADER_LENGTH, data.length);
  }

  private static StructureException invalid(String what) {
    return new StructureException(
        "The base 32 address for an encrypted lease set " + what + ": check its text");
  }
}
