package io.allium.protocol.structures;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs with the keys of a destination, of which it keeps a copy until closed. Safe for use by several threads. */
public final class KeySigner implements Signer, AutoCloseable {
  private static final String HMAC = "HmacSHA256";

  /** RFC 5869, section 2.2: what stands for a salt that is not given. */
  private static final byte[] NO_SALT = new byte[32];

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
    requireOpen();
    try {
      return SigningKeys.sign(type, privateKey, message);
    } catch (GeneralSecurityException e) {
      throw new StructureException("the key does not sign: check the key file", e);
    }
  }

  /**
   * Derives another secret from the signing key, always the same one (RFC 5869, HKDF with SHA-256, without salt). Who knows it
   * learns nothing of the key.
   *
   * @param purpose what the secret is for; each purpose has another one
   * @return 32 bytes, to be wiped by the caller
   * @throws IllegalStateException after {@link #close}
   */
  public byte[] derive(String purpose) {
    requireOpen();
    byte[] extracted = hmac(NO_SALT, privateKey);
    try {
      byte[] info = purpose.getBytes(StandardCharsets.UTF_8);
      byte[] block = Arrays.copyOf(info, info.length + 1);
      block[info.length] = 1; // the number of the only block
      return hmac(extracted, block);
    } finally {
      Arrays.fill(extracted, (byte) 0);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the signing key was wiped");
    }
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime has no HMAC with SHA-256", e);
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
