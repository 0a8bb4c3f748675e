package io.allium;

import io.allium.internal.values.Redact;
import io.allium.protocol.structures.Base32;
import io.allium.protocol.structures.BlindedAddress;
import io.allium.protocol.structures.Names;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A base 32 address, ending in {@code .b32.i2p}.
 *
 * <p>The usual one has 52 characters, the hash of a destination. The longer one ("B32 for Encrypted Leasesets") has 56
 * and carries the public key of a destination whose lease set is encrypted, with a checksum;
 * {@link #isEncrypted()} tells them apart. Immutable and safe on any thread.
 */
public final class Base32Address implements I2pName {
  /** What every base 32 address ends in. */
  public static final String SUFFIX = ".b32.i2p";

  private static final int HASH_LENGTH = 32;

  private final byte[] data;
  private final String text;
  private final @Nullable BlindedAddress blinded;

  private Base32Address(byte[] data, @Nullable BlindedAddress blinded) {
    this.data = data;
    this.text = Base32.encode(data) + SUFFIX;
    this.blinded = blinded;
  }

  /**
   * The address of the destination with this hash.
   *
   * @param hash the SHA-256 hash of a destination, 32 bytes; copied
   * @return the address
   * @throws IllegalArgumentException if it is not 32 bytes long
   */
  public static Base32Address ofHash(byte[] hash) {
    if (hash.length != HASH_LENGTH) {
      throw new IllegalArgumentException("A destination's hash has 32 bytes, not " + hash.length);
    }
    return new Base32Address(hash.clone(), null);
  }

  /**
   * Reads a base 32 address of either kind.
   *
   * @param text the address with its suffix; capital letters become small ones
   * @return the address
   * @throws I2pException of kind {@code NAME_INVALID} if its length, a character or its checksum is wrong, or if it
   *     asks for key types that cannot be blinded
   */
  public static Base32Address parse(String text) throws I2pException {
    byte[] data = Parsing.name(() -> Names.decodeBase32(text));
    return new Base32Address(
        data, data.length == HASH_LENGTH ? null : Parsing.name(() -> BlindedAddress.read(data)));
  }

  /**
   * Whether this is the long form, for an encrypted lease set.
   *
   * @return false for the usual 52 characters
   */
  public boolean isEncrypted() {
    return blinded != null;
  }

  /**
   * Whether a secret is needed to find the lease set of this address.
   *
   * @return false for the usual form
   */
  public boolean isSecretRequired() {
    return blinded != null && blinded.secretRequired();
  }

  /**
   * Whether the owner of this address admits only clients that have a key.
   *
   * @return false for the usual form
   */
  public boolean isClientKeyRequired() {
    return blinded != null && blinded.clientKeyRequired();
  }

  /**
   * The type of the destination's signing key.
   *
   * @return the type; empty for the usual form, which does not say
   */
  public Optional<SignatureType> signatureType() {
    return Optional.ofNullable(blinded).map(BlindedAddress::signingType).map(SignatureType::of);
  }

  /**
   * The type of the key that signs the encrypted lease set.
   *
   * @return the type; empty for the usual form
   */
  public Optional<SignatureType> blindedSignatureType() {
    return Optional.ofNullable(blinded)
        .map(BlindedAddress::blindedSigningType)
        .map(SignatureType::of);
  }

  /**
   * The destination's signing public key, before blinding.
   *
   * @return a copy; empty for the usual form
   */
  public Optional<byte[]> publicKey() {
    return Optional.ofNullable(blinded).map(key -> key.publicKey(data));
  }

  boolean isFor(Destination destination) {
    return blinded != null
        && destination.signatureType().equals(signatureType())
        && destination
            .signingPublicKey()
            .filter(key -> Arrays.equals(key, blinded.publicKey(data)))
            .isPresent();
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public Optional<byte[]> hash() {
    return blinded == null ? Optional.of(data.clone()) : Optional.empty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Base32Address that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return Redact.base32(text);
  }
}
