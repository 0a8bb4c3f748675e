package io.allium.protocol.i2cp;

/**
 * What proves to the owner of an encrypted lease set that a client may read it (I2CP, "BlindingInfoMessage").
 *
 * @param scheme {@link #DH} or {@link #PSK}
 * @param key {@value #LENGTH} bytes: the client's X25519 private key, or the key that both share
 */
@SuppressWarnings("ArrayRecordComponent") // a value on its way into a message
public record ClientKey(int scheme, byte[] key) {
  /** The client has a pair of keys, and the owner knows the public one. */
  public static final int DH = 0;

  /** Client and owner share a key. */
  public static final int PSK = 1;

  /** Of both kinds. */
  public static final int LENGTH = 32;

  /** Refuses another scheme, and a key of another length. */
  public ClientKey {
    if ((scheme != DH && scheme != PSK) || key.length != LENGTH) {
      throw new IllegalArgumentException("a client's key is DH or PSK, and has 32 bytes");
    }
  }

  /** Tells nothing of the key. */
  @Override
  public String toString() {
    return "ClientKey[" + scheme + "]";
  }
}
