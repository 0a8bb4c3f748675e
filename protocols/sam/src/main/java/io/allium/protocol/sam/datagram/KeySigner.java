package io.allium.protocol.sam.datagram;

import io.allium.Destination;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.SignatureType;
import io.allium.internal.PrivateKeys;
import io.allium.internal.SigningKeys;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;

/** Signs datagrams with the keys of a destination, of which it keeps a copy until closed. Safe for use by several threads. */
public final class KeySigner implements Signer, AutoCloseable {
  private final Destination destination;
  private final SignatureType type;
  private final byte[] privateKey;
  private final Optional<OfflineSignature> offline;
  private volatile boolean closed;

  private KeySigner(
      Destination destination, PrivateKeys.Signing signing, Optional<OfflineSignature> offline) {
    this.destination = destination;
    this.type = signing.type();
    this.privateKey = signing.privateKey();
    this.offline = offline;
  }

  /**
   * Takes a copy of the signing key.
   *
   * @param keys may be closed afterwards
   * @return to be closed by the caller
   * @throws I2pException of kind {@code UNSUPPORTED} for keys of type {@link SignatureType#RED25519}, with which this
   *     Java runtime cannot sign: use another type
   */
  public static KeySigner of(DestinationKeys keys) throws I2pException {
    byte[] material = keys.export();
    try {
      PrivateKeys.Signing signing = PrivateKeys.signing(material);
      if (signing.type() == SignatureType.RED25519) {
        Arrays.fill(signing.privateKey(), (byte) 0);
        throw new I2pException(
            ErrorKind.UNSUPPORTED, "signing with Red25519 keys is not supported: use Ed25519");
      }
      Optional<OfflineSignature> offline = signing.offline().isPresent()
          ? Optional.of(OfflineSignature.of(signing.offline().get(), keys.destination()))
          : Optional.empty();
      return new KeySigner(keys.destination(), signing, offline);
    } finally {
      Arrays.fill(material, (byte) 0);
    }
  }

  /**
   * Whom it signs for.
   *
   * @return the destination
   */
  public Destination destination() {
    return destination;
  }

  /**
   * What allows the key to sign, if it is a transient one.
   *
   * @return empty if the destination's own key signs
   */
  public Optional<OfflineSignature> offline() {
    return offline;
  }

  @Override
  public byte[] sign(byte[] message) throws I2pException {
    if (closed) {
      throw new I2pException(ErrorKind.CLOSED, "the signing key was wiped");
    }
    try {
      return SigningKeys.sign(type, privateKey, message);
    } catch (GeneralSecurityException e) {
      throw new I2pException(ErrorKind.KEY_INVALID, "the key does not sign: check the key file", e);
    }
  }

  /** Overwrites the key in memory, best effort. Idempotent. */
  @Override
  public void close() {
    closed = true;
    Arrays.fill(privateKey, (byte) 0);
  }

  /** Whom it signs for, shortened; nothing of the key. */
  @Override
  public String toString() {
    return "KeySigner[" + destination + "]";
  }
}
