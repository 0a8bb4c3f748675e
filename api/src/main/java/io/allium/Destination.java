package io.allium;

import io.allium.protocol.structures.I2pBase64;
import io.allium.protocol.structures.KeysAndCert;
import io.allium.protocol.structures.Names;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The public keys that are an address on I2P (common structures, "Destination"): 387 bytes or more, usually 391.
 *
 * <p>Immutable and safe on any thread. It holds nothing secret; {@link DestinationKeys} is the private half.
 */
public final class Destination implements I2pName {
  private final byte[] bytes;
  private final KeysAndCert layout;
  private volatile @Nullable Base32Address base32;
  private volatile @Nullable String base64;

  private Destination(byte[] bytes, KeysAndCert layout) {
    this.bytes = bytes;
    this.layout = layout;
  }

  /**
   * Reads a binary destination.
   *
   * @param bytes exactly one destination; copied
   * @return the destination
   * @throws I2pException of kind {@code NAME_INVALID} if it is cut short, has an unusable certificate, or is followed
   *     by further bytes, as a destination in front of private keys is
   */
  public static Destination of(byte[] bytes) throws I2pException {
    byte[] own = bytes.clone();
    KeysAndCert layout = Parsing.name(() -> KeysAndCert.read(own));
    if (layout.length() != own.length) {
      throw new I2pException(
          ErrorKind.NAME_INVALID,
          "There are " + (own.length - layout.length())
              + " bytes after the end of the destination: "
              + "if these are private keys, keep them secret and use only the destination");
    }
    return new Destination(own, layout);
  }

  /**
   * Reads a destination in I2P's base 64, which has {@code -} and {@code ~} where others have {@code +} and {@code /}.
   *
   * @param base64 516 characters or more, with or without {@code =} at the end, and nothing else around it
   * @return the destination
   * @throws I2pException of kind {@code NAME_INVALID} if it is not base 64 or not exactly one destination
   */
  public static Destination parse(String base64) throws I2pException {
    return of(Parsing.name(() -> Names.decodeDestination(base64)));
  }

  /**
   * The destination in binary.
   *
   * @return a copy
   */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /**
   * The destination in I2P's base 64, padded, as SAM and host files write it.
   *
   * @return 516 characters or more
   */
  public String base64() {
    String text = base64;
    if (text == null) {
      text = I2pBase64.encode(bytes);
      base64 = text;
    }
    return text;
  }

  /**
   * The base 32 address of this destination.
   *
   * @return the 52-character form, which is the hash of the destination
   */
  public Base32Address base32() {
    Base32Address address = base32;
    if (address == null) {
      address = Base32Address.ofHash(KeysAndCert.sha256(bytes));
      base32 = address;
    }
    return address;
  }

  /**
   * The type of this destination's signing key.
   *
   * @return the type, or empty if it is one that Allium does not know
   */
  public Optional<SignatureType> signatureType() {
    return layout.signingType().map(SignatureType::of);
  }

  /**
   * The number of the type of this destination's signing key, known or not.
   *
   * @return 0–65535
   */
  public int signatureTypeCode() {
    return layout.signatureTypeCode();
  }

  /**
   * The signing public key, without its padding.
   *
   * @return a copy, or empty if the signature type is not known
   */
  public Optional<byte[]> signingPublicKey() {
    return layout.signingType().map(type -> layout.signingPublicKey(bytes, type));
  }

  @Override
  public String text() {
    return base64();
  }

  @Override
  public Optional<byte[]> hash() {
    return base32().hash();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Destination that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return base32().toString();
  }
}
