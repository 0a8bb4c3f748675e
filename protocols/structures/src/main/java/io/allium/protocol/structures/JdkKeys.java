package io.allium.protocol.structures;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.DSAPrivateKeySpec;
import java.security.spec.DSAPublicKeySpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/** Signing keys as the JDK's classes and in the encoding of I2P (common structures, "SigningPublicKey"). */
final class JdkKeys {
  private JdkKeys() {}

  static RawKeyPair generateEd25519(SecureRandom random) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(NamedParameterSpec.ED25519, random);
    KeyPair pair = generator.generateKeyPair();
    EdECPoint point = ((EdECPublicKey) pair.getPublic()).getPoint();
    byte[] publicKey =
        Red25519.reversed(Groups.toBytes(point.getY(), SigningType.ED25519.publicKeyLength()));
    if (point.isXOdd()) {
      publicKey[publicKey.length - 1] |= (byte) 0x80;
    }
    byte[] seed = ((EdECPrivateKey) pair.getPrivate())
        .getBytes()
        .orElseThrow(() -> new GeneralSecurityException("The provider hides Ed25519 private keys"));
    return new RawKeyPair(publicKey, seed);
  }

  static RawKeyPair generateEcdsa(SigningType type, SecureRandom random)
      throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve(type)), random);
    KeyPair pair = generator.generateKeyPair();
    ECPoint point = ((ECPublicKey) pair.getPublic()).getW();
    int half = type.publicKeyLength() / 2;
    byte[] publicKey =
        Arrays.copyOf(Groups.toBytes(point.getAffineX(), half), type.publicKeyLength());
    System.arraycopy(Groups.toBytes(point.getAffineY(), half), 0, publicKey, half, half);
    BigInteger scalar = ((ECPrivateKey) pair.getPrivate()).getS();
    return new RawKeyPair(publicKey, Groups.toBytes(scalar, type.privateKeyLength()));
  }

  static RawKeyPair generateDsa(SecureRandom random) {
    BigInteger exponent = Groups.exponent(Groups.DSA_Q, random);
    BigInteger power = Groups.DSA_G.modPow(exponent, Groups.DSA_P);
    return new RawKeyPair(
        Groups.toBytes(power, SigningType.DSA_SHA1.publicKeyLength()),
        Groups.toBytes(exponent, SigningType.DSA_SHA1.privateKeyLength()));
  }

  static PublicKey publicKey(SigningType type, byte[] key) throws GeneralSecurityException {
    return switch (type) {
      case DSA_SHA1 ->
        KeyFactory.getInstance("DSA")
            .generatePublic(new DSAPublicKeySpec(
                new BigInteger(1, key), Groups.DSA_P, Groups.DSA_Q, Groups.DSA_G));
      case ECDSA_SHA256_P256, ECDSA_SHA384_P384, ECDSA_SHA512_P521 -> {
        int half = key.length / 2;
        ECPoint point =
            new ECPoint(new BigInteger(1, key, 0, half), new BigInteger(1, key, half, half));
        yield KeyFactory.getInstance("EC")
            .generatePublic(new ECPublicKeySpec(point, parameters(type)));
      }
      case ED25519, RED25519 -> {
        byte[] y = Red25519.reversed(key);
        boolean odd = (y[0] & 0x80) != 0;
        y[0] &= 0x7f;
        yield KeyFactory.getInstance("Ed25519")
            .generatePublic(new EdECPublicKeySpec(
                NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, y))));
      }
    };
  }

  static PrivateKey privateKey(SigningType type, byte[] key) throws GeneralSecurityException {
    return switch (type) {
      case DSA_SHA1 ->
        KeyFactory.getInstance("DSA")
            .generatePrivate(new DSAPrivateKeySpec(
                inRange(new BigInteger(1, key), Groups.DSA_Q),
                Groups.DSA_P,
                Groups.DSA_Q,
                Groups.DSA_G));
      case ECDSA_SHA256_P256, ECDSA_SHA384_P384, ECDSA_SHA512_P521 -> {
        ECParameterSpec parameters = parameters(type);
        BigInteger scalar = inRange(new BigInteger(1, key), parameters.getOrder());
        yield KeyFactory.getInstance("EC")
            .generatePrivate(new ECPrivateKeySpec(scalar, parameters));
      }
      case ED25519 ->
        KeyFactory.getInstance("Ed25519")
            .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, key));
      case RED25519 -> throw new InvalidKeyException("The JDK does not sign with Red25519 keys");
    };
  }

  private static BigInteger inRange(BigInteger value, BigInteger order) throws InvalidKeyException {
    if (value.signum() == 0 || value.compareTo(order) >= 0) {
      throw new InvalidKeyException("The private key is out of range");
    }
    return value;
  }

  private static ECParameterSpec parameters(SigningType type) throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(curve(type)));
    return parameters.getParameterSpec(ECParameterSpec.class);
  }

  private static String curve(SigningType type) {
    return switch (type) {
      case ECDSA_SHA256_P256 -> "secp256r1";
      case ECDSA_SHA384_P384 -> "secp384r1";
      case ECDSA_SHA512_P521 -> "secp521r1";
      default -> throw new IllegalArgumentException(type + " has no such curve");
    };
  }
}
