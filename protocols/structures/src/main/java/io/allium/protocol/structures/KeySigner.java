package io.allium.protocol.structures;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;

/** Signs with the keys of a destination, of which it keeps a copy until closed. Safe for use by several threads. */
public final class KeySigner implements Signer, AutoCloseable {
  private final SigningType type;
  private final byte[] privateKey;
  private final Optional<OfflineSignature> offline;
  private volatile boolean closed;

  private KeySigner(PrivateKeys.Signing signing, Optional<OfflineSignature> offline) {
    this.type = signing.type();
    this.privateKey = signing.privateKey();
    this.offline = offline;
  }

  /**
   * Takes a copy of the signing key.
   *
   * @param material the keys in binary, as {@link PrivateKeys#read} has checked them; may be wiped afterwards
   * @return to be closed by the caller
   * @throws StructureException with {@link StructureException.Reason#UNSUPPORTED} for keys of type
   *     {@link SigningType#RED25519}, with which this Java runtime cannot sign: use another type
   */
  public static KeySigner of(byte[] material) throws StructureException {
    PrivateKeys.Signing signing = PrivateKeys.signing(material);
    if (signing.type() == SigningType.RED25519) {
      Arrays.fill(signing.privateKey(), (byte) 0);
      throw new StructureException(
          StructureException.Reason.UNSUPPORTED,
          "signing with Red25519 keys is not supported: use Ed25519");
    }
    Optional<OfflineSignature> offline = signing.offline().isPresent()
        ? Optional.of(OfflineSignature.of(signing.offline().get(), signing.owner()))
        : Optional.empty();
    return new KeySigner(signing, offline);
  }

  @Override
  public Optional<OfflineSignature> offline() {
    return offline;
  }

  @Override
  public byte[] sign(byte[] message) throws StructureException {
    if (closed) {
      throw new IllegalStateException("the signing key was wiped");
    }
    try {
      return SigningKeys.sign(type, privateKey, message);
    } catch (GeneralSecurityException e) {
      throw new StructureException("the key does not sign: check the key file", e);
    }
  }

  /** Overwrites the key in memory, best effort. Idempotent. */
  @Override
  public void close() {
    closed = true;
    Arrays.fill(privateKey, (byte) 0);
  }

  /** The type; nothing of the key. */
  @Override
  public String toString() {
    return "KeySigner[" + type + "]";
  }
}
