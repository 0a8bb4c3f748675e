package io.allium.protocol.i2cp;

/**
 * A key with which the router decrypts what comes for a lease set.
 *
 * @param type the number of its type of encryption
 * @param key the private key, in the encoding of that type
 */
@SuppressWarnings("ArrayRecordComponent") // a value on its way into a message
public record DecryptionKey(int type, byte[] key) {
  /** Tells nothing of the key. */
  @Override
  public String toString() {
    return "DecryptionKey[" + type + "]";
  }
}
