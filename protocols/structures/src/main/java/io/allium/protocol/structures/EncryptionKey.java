package io.allium.protocol.structures;

import java.util.Arrays;

/**
 * A public key to which others encrypt what they send to a destination (common structures, "PublicKey").
 *
 * @param type the number of its type, such as {@link X25519#TYPE}; 0 to 65535
 * @param key at most 65535 bytes, and exactly as many as the type says if that is ElGamal or X25519
 */
public record EncryptionKey(int type, byte[] key) {
  private static final int ELGAMAL = 0;
  private static final int ELGAMAL_LENGTH = 256;
  private static final int MAX_UNSIGNED_SHORT = 0xffff;

  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException if there is no such type, or its keys have another length
   */
  public EncryptionKey {
    if (type < 0 || type > MAX_UNSIGNED_SHORT) {
      throw new IllegalArgumentException("there is no encryption type " + type);
    }
    if (!fits(type, key.length)) {
      throw new IllegalArgumentException(
          "a key of encryption type " + type + " does not have " + key.length + " bytes");
    }
  }

  static EncryptionKey read(Cutter in) throws StructureException {
    int type = in.unsignedShort();
    byte[] key = in.take(in.unsignedShort());
    if (!fits(type, key.length)) {
      throw in.refused("one of its encryption keys has a length that its type does not have");
    }
    return new EncryptionKey(type, key);
  }

  byte[] toByteArray() {
    byte[] bytes = new byte[2 * Short.BYTES + key.length];
    bytes[0] = (byte) (type >> Byte.SIZE);
    bytes[1] = (byte) type;
    bytes[2] = (byte) (key.length >> Byte.SIZE);
    bytes[3] = (byte) key.length;
    System.arraycopy(key, 0, bytes, 2 * Short.BYTES, key.length);
    return bytes;
  }

  /** A length is sent with each key, so that types of the future can be read over. */
  private static boolean fits(int type, int length) {
    return switch (type) {
      case ELGAMAL -> length == ELGAMAL_LENGTH;
      case X25519.TYPE -> length == X25519.KEY_LENGTH;
      default -> length <= MAX_UNSIGNED_SHORT;
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EncryptionKey that && type == that.type && Arrays.equals(key, that.key);
  }

  @Override
  public int hashCode() {
    return 31 * type + Arrays.hashCode(key);
  }

  /** Its type. */
  @Override
  public String toString() {
    return "EncryptionKey[type " + type + "]";
  }
}
