package io.allium.protocol.structures;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Keys of the Red25519 scheme, which the JDK lacks (I2P Red25519 specification, "RedDSA functions"): a private key is a
 * scalar, its public key that multiple of the Ed25519 base point (RFC 8032, section 5.1).
 *
 * <p>The arithmetic takes the same steps for every scalar, but big integers are not constant in time: it is for making
 * and checking keys, not for answering strangers.
 */
final class Red25519 {
  private static final int KEY_LENGTH = 32;
  private static final int SEED_LENGTH = 64;
  private static final int SCALAR_BITS = 253;

  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
  private static final BigInteger TWO_D = BigInteger.valueOf(-121665)
      .multiply(BigInteger.valueOf(121666).modInverse(P))
      .shiftLeft(1)
      .mod(P);
  private static final Point BASE = Point.affine(
      new BigInteger(
          "15112221349535400772501151409588531511454012693041857206046113283949847762202"),
      new BigInteger(
          "46316835694926478169428394003475163141307993866256225615783033603165251855960"));
  private static final Point NEUTRAL = Point.affine(BigInteger.ZERO, BigInteger.ONE);

  private Red25519() {}

  static RawKeyPair generate(SecureRandom random) {
    byte[] seed = new byte[SEED_LENGTH];
    byte[] privateKey;
    do {
      random.nextBytes(seed);
      privateKey = littleEndian(fromLittleEndian(seed).mod(ORDER));
    } while (isZero(privateKey));
    Arrays.fill(seed, (byte) 0);
    return new RawKeyPair(publicKey(privateKey), privateKey);
  }

  /**
   * Derives a public key.
   *
   * @param privateKey a scalar in 32 little-endian bytes; it need not be reduced, as scalars of Ed25519 keys are not
   * @return the encoded point
   */
  static byte[] publicKey(byte[] privateKey) {
    BigInteger scalar = fromLittleEndian(privateKey).mod(ORDER);
    Point sum = NEUTRAL;
    Point next = BASE;
    for (int i = SCALAR_BITS - 1; i >= 0; i--) {
      Point both = sum.plus(next);
      if (scalar.testBit(i)) {
        sum = both;
        next = next.plus(next);
      } else {
        next = both;
        sum = sum.plus(sum);
      }
    }
    return sum.encode();
  }

  private static boolean isZero(byte[] bytes) {
    return fromLittleEndian(bytes).signum() == 0;
  }

  private static BigInteger fromLittleEndian(byte[] bytes) {
    return new BigInteger(1, reversed(bytes));
  }

  private static byte[] littleEndian(BigInteger value) {
    return reversed(Groups.toBytes(value, KEY_LENGTH));
  }

  static byte[] reversed(byte[] bytes) {
    byte[] result = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      result[i] = bytes[bytes.length - 1 - i];
    }
    return result;
  }

  /** A point in the extended coordinates of RFC 8032, section 5.1.4. */
  private record Point(BigInteger x, BigInteger y, BigInteger z, BigInteger t) {
    static Point affine(BigInteger x, BigInteger y) {
      return new Point(x, y, BigInteger.ONE, x.multiply(y).mod(P));
    }

    /** The formula of RFC 8032, section 5.1.4, which holds for equal points, too. */
    Point plus(Point other) {
      BigInteger a = y.subtract(x).multiply(other.y.subtract(other.x)).mod(P);
      BigInteger b = y.add(x).multiply(other.y.add(other.x)).mod(P);
      BigInteger c = t.multiply(TWO_D).mod(P).multiply(other.t).mod(P);
      BigInteger d = z.multiply(other.z).shiftLeft(1).mod(P);
      BigInteger e = b.subtract(a);
      BigInteger f = d.subtract(c);
      BigInteger g = d.add(c);
      BigInteger h = b.add(a);
      return new Point(
          e.multiply(f).mod(P),
          g.multiply(h).mod(P),
          f.multiply(g).mod(P),
          e.multiply(h).mod(P));
    }

    byte[] encode() {
      BigInteger inverse = z.modInverse(P);
      byte[] encoded = littleEndian(y.multiply(inverse).mod(P));
      if (x.multiply(inverse).mod(P).testBit(0)) {
        encoded[KEY_LENGTH - 1] |= (byte) 0x80;
      }
      return encoded;
    }
  }
}
