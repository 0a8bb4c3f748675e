package io.allium;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What opens an encrypted lease set, which belongs to a b33 address: its lookup secret, a client key, or both. Used in
 * {@link ConnectOptions} and {@link ResolveOptions}, if the router has {@link Capability#BLINDED_ACCESS}. {@code
 * toString} shows neither. Keeps copies until closed. Safe for use by several threads.
 *
 * @see <a href="https://geti2p.net/spec/encryptedleaseset">Encrypted lease set specification</a>
 */
public final class BlindedAccess implements AutoCloseable {
  /** X25519 keys and pre-shared keys have as many bytes. */
  private static final int KEY_LENGTH = 32;

  /** How a client proves itself. */
  public enum Scheme {
    /** No client key: the lookup secret alone. */
    NONE,
    /** An X25519 key pair, whose public half the server knows. */
    DH,
    /** A key that client and server share. */
    PSK
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Optional<byte[]> secret;
  private final Scheme scheme;
  private final Optional<byte[]> clientKey;
  private boolean closed;

  private BlindedAccess(Optional<byte[]> secret, Scheme scheme, Optional<byte[]> clientKey) {
    this.secret = secret;
    this.scheme = scheme;
    this.clientKey = clientKey;
  }

  /**
   * With a lookup secret.
   *
   * @param secret its bytes, UTF-8 for a password; copied
   * @return to be closed by the caller
   */
  public static BlindedAccess secret(byte[] secret) {
    return new BlindedAccess(Optional.of(secret.clone()), Scheme.NONE, Optional.empty());
  }

  /**
   * With a client key.
   *
   * @param scheme {@code DH} or {@code PSK}
   * @param key 32 bytes: the X25519 private key, or the shared one; copied
   * @return to be closed by the caller
   */
  public static BlindedAccess client(Scheme scheme, byte[] key) {
    if (scheme == Scheme.NONE || key.length != KEY_LENGTH) {
      throw new IllegalArgumentException("a client key is DH or PSK, and has 32 bytes");
    }
    return new BlindedAccess(Optional.empty(), scheme, Optional.of(key.clone()));
  }

  /**
   * The same client key, with a lookup secret.
   *
   * @param more its bytes; copied
   * @return a copy, to be closed by the caller
   */
  public BlindedAccess withSecret(byte[] more) {
    return new BlindedAccess(Optional.of(more.clone()), scheme, clientKey());
  }

  /**
   * The lookup secret.
   *
   * @return a copy, if there is one
   */
  public Optional<byte[]> secret() {
    return copy(secret);
  }

  /**
   * What kind of client key it is.
   *
   * @return {@code NONE} without one
   */
  public Scheme scheme() {
    return scheme;
  }

  /**
   * The client key.
   *
   * @return a copy, if there is one
   */
  public Optional<byte[]> clientKey() {
    return copy(clientKey);
  }

  /** Overwrites both in memory, best effort. Copies stay usable. Idempotent. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      secret.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
      clientKey.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
    } finally {
      lock.unlock();
    }
  }

  /** Which of the two it has, but not their values. */
  @Override
  public String toString() {
    return "BlindedAccess[" + (secret.isPresent() ? "secret, " : "") + scheme + "]";
  }

  private Optional<byte[]> copy(Optional<byte[]> bytes) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("this access is closed");
      }
      return bytes.map(byte[]::clone);
    } finally {
      lock.unlock();
    }
  }
}
