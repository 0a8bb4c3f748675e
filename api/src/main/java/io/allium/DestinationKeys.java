package io.allium;

import io.allium.internal.values.KeyFiles;
import io.allium.internal.values.KeyText;
import io.allium.protocol.structures.I2pBase64;
import io.allium.protocol.structures.PrivateKeys;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The keys of one of our destinations: anyone who has them can act as that destination.
 *
 * <p>They are made in this program, without a router ({@link #generate()}), kept in a file ({@link
 * #loadOrCreate(Path)}) and given to a session, which keeps its own {@link #copy()}. A session over SAM hands them to
 * the router, whose operator can then act as this destination; one over I2CP keeps the signing key in this program.
 *
 * <p>The binary form, in files and from {@link #export()}, is that of SAM and of Java I2P's {@code PrivateKeyFile}: the
 * destination, its 256-byte private key, its signing private key and, if the signing key is kept offline, a transient
 * key that it has signed (SAM V3, "Session Creation Request"). i2plib, Java I2P and i2pd write and read the same.
 *
 * <p>{@link #close()} overwrites the keys in memory. This is best effort: the Java runtime may have moved the array
 * before, and strings made by {@link #exportBase64()} stay until collected. Safe on any thread; not serialisable;
 * {@link #toString()} shows the shortened destination only.
 */
public final class DestinationKeys implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Destination destination;
  private final SignatureType signatureType;
  private final Optional<Instant> expires;
  private final byte[] material;
  private boolean closed;

  private DestinationKeys(
      Destination destination,
      SignatureType signatureType,
      Optional<Instant> expires,
      byte[] material) {
    this.destination = destination;
    this.signatureType = signatureType;
    this.expires = expires;
    this.material = material;
  }

  /**
   * Makes new keys of the default type, Ed25519. Asks no router and no network; takes some milliseconds.
   *
   * @return keys that exist nowhere else yet
   */
  public static DestinationKeys generate() {
    return generate(SignatureType.defaultType());
  }

  /**
   * Makes new keys. Asks no router and no network; takes some milliseconds.
   *
   * @param type the type of the signing key
   * @return keys that exist nowhere else yet
   */
  public static DestinationKeys generate(SignatureType type) {
    byte[] material = PrivateKeys.generate(type.structure());
    try {
      return own(material);
    } catch (I2pException e) {
      throw new IllegalStateException("New keys do not read back", e);
    }
  }

  /**
   * Reads keys in binary.
   *
   * @param material exactly what {@link #export()} gives; copied, so the caller may overwrite it
   * @return the keys
   * @throws I2pException of kind {@code KEY_INVALID} if they are cut short or followed by other bytes, if a private key
   *     does not belong to its public key, or if an offline signature is wrong. Take the file from a backup
   */
  public static DestinationKeys parse(byte[] material) throws I2pException {
    return own(material.clone());
  }

  /**
   * Reads keys in I2P's base 64, as SAM's {@code DEST REPLY} and {@code SESSION STATUS} have them.
   *
   * @param base64 884 characters or more, with or without {@code =} at the end
   * @return the keys
   * @throws I2pException of kind {@code KEY_INVALID}, as {@link #parse(byte[])}; the text is not repeated
   */
  public static DestinationKeys parse(String base64) throws I2pException {
    return own(Parsing.keys(() -> PrivateKeys.decode(base64)));
  }

  /**
   * Reads keys from a file with any permissions: the operator decides who may read it.
   *
   * @param file a regular file
   * @return the keys
   * @throws I2pException {@code CONFIG_INVALID} if there is no such file or it cannot be read; {@code KEY_INVALID} if
   *     its content is damaged, of another kind or too large: restore it from a backup, since nothing else brings this
   *     destination back; {@code INTERRUPTED}
   */
  public static DestinationKeys load(Path file) throws I2pException {
    byte[] content = Parsing.file(() -> KeyFiles.read(file));
    try {
      return parse(content);
    } catch (I2pException e) {
      throw Parsing.of(
          KeyText.base64(content).isPresent() ? KeyFiles.text(file) : KeyFiles.damaged(file, e));
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  /**
   * Reads keys from a file of another program, in any of these forms: a key file as {@link #load} reads it, which
   * i2plib, i2pd and Java I2P write; or text in base 64, in I2P's alphabet or the usual one, in one line or many; or
   * SAM's answer to {@code DEST GENERATE}. {@link #save} makes a key file from them.
   *
   * @param file a regular file
   * @return the keys
   * @throws I2pException {@code CONFIG_INVALID} if there is no such file or it cannot be read; {@code KEY_INVALID} if
   *     there are no keys in it, or they are damaged; {@code INTERRUPTED}
   */
  public static DestinationKeys importFrom(Path file) throws I2pException {
    byte[] content = Parsing.file(() -> KeyFiles.readText(file));
    try {
      return importFrom(content);
    } catch (I2pException e) {
      throw Parsing.of(KeyFiles.foreign(file, e));
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  /**
   * As {@link #importFrom(Path)}, from the content of a file.
   *
   * @param content copied, so the caller may overwrite it
   * @return the keys
   * @throws I2pException of kind {@code KEY_INVALID}: there are no keys in it, or they are damaged
   */
  public static DestinationKeys importFrom(byte[] content) throws I2pException {
    Optional<String> text = KeyText.base64(content);
    if (text.isEmpty()) {
      return parse(content);
    }
    try {
      return parse(text.get());
    } catch (I2pException e) {
      throw isDestination(text.get())
          ? new I2pException(
              ErrorKind.KEY_INVALID,
              "this is a destination, which is the public half of an identity: the private keys are needed",
              e)
          : e;
    }
  }

  private static boolean isDestination(String base64) {
    try {
      Destination unused = Destination.parse(base64);
      return true;
    } catch (I2pException e) {
      return false;
    }
  }

  /**
   * Loads the keys in a file or, if there is none, makes keys of the default type and stores them there. See
   * {@link #loadOrCreate(Path, SignatureType)}.
   *
   * @param file the file
   * @return the keys in the file
   * @throws I2pException as {@link #loadOrCreate(Path, SignatureType)}
   */
  public static DestinationKeys loadOrCreate(Path file) throws I2pException {
    return loadOrCreate(file, SignatureType.defaultType());
  }

  /**
   * Loads the keys in a file or, if there is none, makes keys and stores them there, so that a program has the same
   * destination at each start. Several threads or processes that start at once get the same keys.
   *
   * @param file the file; its directory must exist. Created readable and writable by its owner only
   * @param type the type of new keys; a file that exists keeps its own
   * @return the keys in the file
   * @throws I2pException {@code CONFIG_INVALID} if the file can be neither read nor made; then no part of it is left;
   *     {@code KEY_INVALID} if it exists and is damaged: it is left as it is; {@code INTERRUPTED}
   */
  public static DestinationKeys loadOrCreate(Path file, SignatureType type) throws I2pException {
    if (KeyFiles.isAbsent(file)) {
      try (DestinationKeys keys = generate(type)) {
        Parsing.file(() -> KeyFiles.writeIfAbsent(file, keys.material));
      }
    }
    return load(file);
  }

  /**
   * Makes keys and stores them in a new file.
   *
   * @param file the file, which must not exist; its directory must. Readable and writable by its owner only
   * @param type the type of the signing key
   * @return the keys
   * @throws I2pException {@code CONFIG_INVALID} if the file exists, which is never overwritten, or cannot be made;
   *     {@code INTERRUPTED}
   */
  public static DestinationKeys create(Path file, SignatureType type) throws I2pException {
    DestinationKeys keys = generate(type);
    try {
      keys.save(file);
    } catch (I2pException e) {
      keys.close();
      throw e;
    }
    return keys;
  }

  /**
   * Stores these keys in a new file: completely or not at all. Only its owner can read and write it (where the file
   * system knows owners). It is on the disk when this returns.
   *
   * @param file the file, which must not exist: keys are never overwritten
   * @throws I2pException {@code CONFIG_INVALID} if the file exists or cannot be made; {@code INTERRUPTED}
   * @throws IllegalStateException if these keys are closed
   */
  public void save(Path file) throws I2pException {
    byte[] copy = export();
    try {
      if (!Parsing.file(() -> KeyFiles.writeIfAbsent(file, copy))) {
        throw Parsing.of(KeyFiles.exists(file));
      }
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
  }

  private static DestinationKeys own(byte[] material) throws I2pException {
    try {
      PrivateKeys.Parsed parsed = Parsing.keys(() -> PrivateKeys.read(material));
      return new DestinationKeys(
          Destination.of(parsed.destination()),
          SignatureType.of(parsed.signingType()),
          parsed.expires(),
          material);
    } catch (I2pException e) {
      Arrays.fill(material, (byte) 0);
      throw e;
    }
  }

  /**
   * The public half.
   *
   * @return the destination; usable after {@link #close()}
   */
  public Destination destination() {
    return destination;
  }

  /**
   * The type of the destination's signing key.
   *
   * @return the type
   */
  public SignatureType signatureType() {
    return signatureType;
  }

  /**
   * Whether these are offline keys: the destination's signing key is kept elsewhere, and these have a transient key
   * that it signed.
   *
   * @return true for keys with an offline signature
   */
  public boolean isOffline() {
    return expires.isPresent();
  }

  /**
   * When the transient key expires; the destination then needs a new one from wherever its signing key is kept. Expired
   * keys load, but no router accepts them.
   *
   * @return a time in whole seconds, or empty if these are not offline keys
   */
  public Optional<Instant> expires() {
    return expires;
  }

  /**
   * The keys in binary: a <strong>secret</strong>. Overwrite it after use.
   *
   * @return a copy
   * @throws IllegalStateException if these keys are closed
   */
  public byte[] export() {
    lock.lock();
    try {
      checkOpen();
      return material.clone();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The keys in I2P's base 64, as SAM's {@code DESTINATION} option takes them: a <strong>secret</strong>, and as a
   * string one that cannot be overwritten.
   *
   * @return 884 characters or more
   * @throws IllegalStateException if these keys are closed
   */
  public String exportBase64() {
    lock.lock();
    try {
      checkOpen();
      return I2pBase64.encode(material);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The same keys again, to be closed by their new owner.
   *
   * @return an independent copy
   * @throws IllegalStateException if these keys are closed
   */
  public DestinationKeys copy() {
    return new DestinationKeys(destination, signatureType, expires, export());
  }

  /**
   * Whether these keys were closed.
   *
   * @return true after {@link #close()}
   */
  public boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Overwrites the keys in memory, best effort. Copies stay usable. Closing again does nothing. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      Arrays.fill(material, (byte) 0);
    } finally {
      lock.unlock();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("These keys are closed");
    }
  }

  /**
   * The shortened destination; nothing secret.
   *
   * @return text for people and logs
   */
  @Override
  public String toString() {
    return "DestinationKeys[" + destination + (isOffline() ? ", offline]" : "]");
  }
}
