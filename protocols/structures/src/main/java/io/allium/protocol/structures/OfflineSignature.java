package io.allium.protocol.structures;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/**
 * What allows a transient key to sign for a destination until it expires (common structures, "OfflineSignature"). Two are
 * equal if they are the same bytes.
 */
public final class OfflineSignature {
  private static final int HEADER = 6;

  private final byte[] bytes;
  private final SigningType type;

  private OfflineSignature(byte[] bytes, SigningType type) {
    this.bytes = bytes;
    this.type = type;
  }

  /**
   * Takes an offline signature, without checking who made it.
   *
   * @param bytes exactly expiry, type, transient public key and signature; copied
   * @param signer the type of the destination's key, which made the signature
   * @return the offline signature
   * @throws StructureException if the length is wrong or a type is not known
   */
  public static OfflineSignature of(byte[] bytes, SigningType signer) throws StructureException {
    Cutter cutter = new Cutter(bytes);
    OfflineSignature offline = read(cutter, signer);
    if (cutter.remaining() > 0) {
      throw StructureException.ofDatagram("there are bytes after its offline signature");
    }
    return offline;
  }

  static OfflineSignature read(Cutter in, SigningType signer) throws StructureException {
    byte[] header = in.take(HEADER);
    SigningType type = SigningType.ofCode(
            Short.toUnsignedInt(ByteBuffer.wrap(header).getShort(Integer.BYTES)))
        .orElseThrow(() -> in.refused("the type of its transient key is not known here"));
    byte[] rest = in.take(type.publicKeyLength() + signer.signatureLength());
    byte[] all = Arrays.copyOf(header, HEADER + rest.length);
    System.arraycopy(rest, 0, all, HEADER, rest.length);
    return new OfflineSignature(all, type);
  }

  /**
   * The type of the transient key.
   *
   * @return which may differ from the destination's
   */
  public SigningType type() {
    return type;
  }

  /**
   * The transient public key.
   *
   * @return a copy
   */
  public byte[] publicKey() {
    return Arrays.copyOfRange(bytes, HEADER, HEADER + type.publicKeyLength());
  }

  /**
   * When the transient key expires.
   *
   * @return with seconds, up to the year 2106
   */
  public Instant expires() {
    return Instant.ofEpochSecond(Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt()));
  }

  /**
   * The whole of it as it stands in a datagram.
   *
   * @return a copy
   */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** The signature alone. */
  byte[] signature() {
    return Arrays.copyOfRange(bytes, HEADER + type.publicKeyLength(), bytes.length);
  }

  /** Whether the destination allowed it. */
  boolean isBy(Sender signer, Verifier verifier) {
    byte[] signed = Arrays.copyOf(bytes, HEADER + type.publicKeyLength());
    return verifier.verify(signer.type(), signer.publicKey(), signed, signature());
  }

  /** Whether the destination allowed it, and still does. */
  void check(Sender signer, Verifier verifier, Instant now) throws StructureException {
    if (!isBy(signer, verifier)) {
      throw StructureException.ofDatagram("its offline signature is not by its sender");
    }
    if (!now.isBefore(expires())) {
      throw StructureException.ofDatagram("its transient key has expired");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OfflineSignature that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Type and expiry. */
  @Override
  public String toString() {
    return "OfflineSignature[" + type + ", until " + expires() + "]";
  }
}
