package io.allium.protocol.structures;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import javax.crypto.KeyAgreement;

/**
 * Keys of encryption type 4, to which others encrypt what they send to a destination (common structures, "PublicKey"; RFC
 * 7748): 32 bytes each, little-endian.
 *
 * @see <a href="https://geti2p.net/spec/ecies">ECIES-X25519-AEAD-Ratchet</a>
 */
public final class X25519 {
  /** The number of this encryption type. */
  public static final int TYPE = 4;

  /** The length of either key. */
  static final int KEY_LENGTH = 32;

  /** RFC 7748, section 4.1. */
  private static final BigInteger BASE = BigInteger.valueOf(9);

  private static final String NAME = "X25519";

  private X25519() {}

  /**
   * Makes the pair of a private key.
   *
   * @param privateKey any 32 bytes that nobody can guess; kept, not copied
   * @return the pair
   * @throws IllegalArgumentException for another length
   */
  public static RawKeyPair pair(byte[] privateKey) {
    return new RawKeyPair(publicKey(privateKey), privateKey);
  }

  /**
   * Derives a public key.
   *
   * @param privateKey any 32 bytes
   * @return 32 bytes
   * @throws IllegalArgumentException for another length
   */
  public static byte[] publicKey(byte[] privateKey) {
    if (privateKey.length != KEY_LENGTH) {
      throw new IllegalArgumentException(
          "an X25519 key has " + KEY_LENGTH + " bytes, not " + privateKey.length);
    }
    try {
      KeyFactory keys = KeyFactory.getInstance(NAME);
      PrivateKey own =
          keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, privateKey));
      PublicKey base = keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, BASE));
      KeyAgreement agreement = KeyAgreement.getInstance(NAME);
      agreement.init(own);
      agreement.doPhase(base, true);
      return agreement.generateSecret();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime cannot make X25519 keys", e);
    }
  }
}
