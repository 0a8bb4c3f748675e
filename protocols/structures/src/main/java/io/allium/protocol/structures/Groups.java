package io.allium.protocol.structures;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;

/** The fixed groups of I2P's oldest key types (cryptography specification, "ElGamal" and "DSA"). */
final class Groups {
  /** The 2048-bit prime of RFC 3526, group 14. */
  static final BigInteger ELGAMAL_P =
      hex("ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a0879"
          + "8e3404ddef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b"
          + "0bff5cb6f406b7edee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf0598da4836"
          + "1c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb9ed529077096966d670c354e4abc9804"
          + "f1746c08ca18217c32905e462e36ce3be39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf6"
          + "955817183995497cea956ae515d2261898fa051015728e5a8aacaa68ffffffffffffffff");

  static final BigInteger ELGAMAL_G = BigInteger.TWO;

  static final BigInteger DSA_P =
      hex("9c05b2aa960d9b97b8931963c9cc9e8c3026e9b8ed92fad0a69cc886d5bf8015fcadae31a0ad18fab3f01b00"
          + "a358de237655c4964afaa2b337e96ad316b9fb1cc564b5aec5b69a9ff6c3e4548707fef8503d91dd8602e867"
          + "e6d35d2235c1869ce2479c3b9d5401de04e0727fb33d6511285d4cf29538d9e3b6051f5b22cc1c93");

  static final BigInteger DSA_Q = hex("a5dfc28fef4ca1e286744cd8eed9d29d684046b7");

  static final BigInteger DSA_G =
      hex("c1f4d27d40093b429e962d7223824e0bbc47e7c832a39236fc683af84889581075ff9082ed32353d4374d730"
          + "1cda1d23c431f4698599dda02451824ff369752593647cc3ddc197de985e43d136cdcfc6bd5409cd2f450821"
          + "142a5e6f8eb1c3ab5d0484b8129fcf17bce4f7f33321c3cb3dbb14a905e7b2b3e93be4708cbcc82");

  private Groups() {}

  /**
   * A number from 1 to {@code bound} - 1, all alike likely.
   *
   * @param bound at least 2
   * @param random where from
   * @return the number
   */
  static BigInteger exponent(BigInteger bound, SecureRandom random) {
    BigInteger value;
    do {
      value = new BigInteger(bound.bitLength(), random);
    } while (value.signum() == 0 || value.compareTo(bound) >= 0);
    return value;
  }

  /**
   * A number in big-endian bytes.
   *
   * @param value not negative, and small enough
   * @param length how many bytes
   * @return the bytes, with leading zeros
   */
  static byte[] toBytes(BigInteger value, int length) {
    byte[] signed = value.toByteArray();
    byte[] bytes = new byte[length];
    int count = Math.min(signed.length, length);
    System.arraycopy(signed, signed.length - count, bytes, length - count, count);
    Arrays.fill(signed, (byte) 0);
    return bytes;
  }

  private static BigInteger hex(String digits) {
    return new BigInteger(digits, 16);
  }
}
