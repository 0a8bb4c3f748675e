package io.allium.protocol.structures;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Arrays;

/** Makes and checks signing keys of every {@link SigningType}, in the encoding of I2P. */
public final class SigningKeys {
  private static final byte[] PROBE =
      "a key pair signs and verifies".getBytes(StandardCharsets.US_ASCII);

  private SigningKeys() {}

  static RawKeyPair generate(SigningType type, SecureRandom random) {
    try {
      return switch (type) {
        case DSA_SHA1 -> JdkKeys.generateDsa(random);
        case ECDSA_SHA256_P256, ECDSA_SHA384_P384, ECDSA_SHA512_P521 ->
          JdkKeys.generateEcdsa(type, random);
        case ED25519 -> JdkKeys.generateEd25519(random);
        case RED25519 -> Red25519.generate(random);
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "This Java runtime cannot make " + type.specName() + " keys", e);
    }
  }

  /**
   * Whether two keys are a pair. Where the JDK cannot derive a public key, a signature by one is verified with the
   * other, which comes to the same.
   *
   * @param type their type
   * @param publicKey as long as the type says
   * @param privateKey as long as the type says
   * @return false for any other key, or bytes that are no key at all
   */
  static boolean isPair(SigningType type, byte[] publicKey, byte[] privateKey) {
    if (type == SigningType.RED25519) {
      return Arrays.equals(publicKey, Red25519.publicKey(privateKey));
    }
    try {
      return verify(type, publicKey, PROBE, sign(type, privateKey, PROBE));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /**
   * Signs a message.
   *
   * @param type the type of the key
   * @param privateKey as long as the type says
   * @param message what to sign
   * @return the signature in the encoding of I2P, as long as the type says
   * @throws GeneralSecurityException if the key is none, or of the type {@link SigningType#RED25519}, which the JDK
   *     only verifies
   */
  public static byte[] sign(SigningType type, byte[] privateKey, byte[] message)
      throws GeneralSecurityException {
    Signature signer = signature(type);
    signer.initSign(JdkKeys.privateKey(type, privateKey));
    signer.update(message);
    return signer.sign();
  }

  /**
   * Verifies a signature.
   *
   * @param type the type of the key
   * @param publicKey as long as the type says
   * @param message what was signed
   * @param signature in the encoding of I2P
   * @return false if it was not made by this key
   */
  public static boolean verify(
      SigningType type, byte[] publicKey, byte[] message, byte[] signature) {
    try {
      Signature verifier = signature(type);
      verifier.initVerify(JdkKeys.publicKey(type, publicKey));
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static Signature signature(SigningType type) throws GeneralSecurityException {
    return Signature.getInstance(
        switch (type) {
          case DSA_SHA1 -> "SHA1withDSAinP1363Format";
          case ECDSA_SHA256_P256 -> "SHA256withECDSAinP1363Format";
          case ECDSA_SHA384_P384 -> "SHA384withECDSAinP1363Format";
          case ECDSA_SHA512_P521 -> "SHA512withECDSAinP1363Format";
          // A Red25519 signature verifies as Ed25519 does (proposal 123, "Red25519": only the
          // choice of r differs).
          case ED25519, RED25519 -> "Ed25519";
        });
  }
}
