package io.allium.protocol.structures;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a destination can be reached: its tunnels, and the keys to encrypt to. Nothing of it is proved before
 * {@link #verify()} says so.
 *
 * @param destination the destination in binary
 * @param publishedSeconds when it was made, in seconds since 1970; 0 to 2^32 - 1
 * @param expiresSeconds how much later it expires, 0 to 65535
 * @param flags bit 0 if a transient key signs, bit 1 if it is not published, bit 2 if it is published in encrypted form
 * @param offline what allows a transient key to sign for the destination
 * @param properties such as the services of the destination; at most 256, names and values of at most 255 bytes
 * @param encryptionKeys 1 to 8, the preferred one first
 * @param leases at most 16
 * @param signature by the destination's key or the transient one
 * @see <a href="https://geti2p.net/spec/common-structures#leaseset2">Common structures, LeaseSet2</a>
 */
public record LeaseSet2(
    byte[] destination,
    long publishedSeconds,
    int expiresSeconds,
    int flags,
    Optional<OfflineSignature> offline,
    Map<String, String> properties,
    List<EncryptionKey> encryptionKeys,
    List<Lease2> leases,
    byte[] signature) {
  /** The number of this structure among those of the network database, which the signature covers, too. */
  public static final int TYPE = 3;

  /** The flag of a lease set that is signed by a transient key. */
  static final int OFFLINE_KEYS = 1;

  /** The flag of a lease set that stays with those who are told it: a client's. */
  static final int UNPUBLISHED = 2;

  /** The flag of a lease set that is published in encrypted form. */
  static final int BLINDED = 4;

  /** Java I2P reads no more, and the specification leaves it open. */
  static final int MAX_KEYS = 8;

  /** The specification's limit. */
  static final int MAX_LEASES = 16;

  private static final int MAX_ASCII = 0x7f;
  private static final int MAX_EXPIRES = 0xffff;
  private static final long MAX_UNSIGNED_INT = 0xffff_ffffL;
  private static final String REFUSAL = "This lease set is refused";

  /**
   * Copies properties and lists.
   *
   * @throws IllegalArgumentException if a value is out of its range, there are too many keys or leases, or the flags do
   *     not say whether a transient key signs
   */
  public LeaseSet2 {
    properties = Map.copyOf(properties);
    encryptionKeys = List.copyOf(encryptionKeys);
    leases = List.copyOf(leases);
    if (((flags & OFFLINE_KEYS) != 0) != offline.isPresent()) {
      throw new IllegalArgumentException("bit 0 of the flags says whether a transient key signs");
    }
    if (publishedSeconds < 0 || publishedSeconds > MAX_UNSIGNED_INT) {
      throw new IllegalArgumentException("a lease set is published before the year 2106");
    }
    if (expiresSeconds < 0 || expiresSeconds > MAX_EXPIRES) {
      throw new IllegalArgumentException(
          "a lease set expires within " + MAX_EXPIRES + " s, not " + expiresSeconds);
    }
    if (encryptionKeys.isEmpty() || encryptionKeys.size() > MAX_KEYS) {
      throw new IllegalArgumentException(
          "a lease set has 1 to " + MAX_KEYS + " encryption keys, not " + encryptionKeys.size());
    }
    if (leases.size() > MAX_LEASES) {
      throw new IllegalArgumentException(
          "a lease set has at most " + MAX_LEASES + " leases, not " + leases.size());
    }
  }

  /**
   * Makes the bytes of a lease set. If the signer's key is a transient one, its offline signature goes with it.
   *
   * @param destination the destination in binary
   * @param publishedSeconds now by the router's clock, in seconds since 1970, and at least one more than in the
   *     destination's last lease set: routers drop what is not newer
   * @param expiresSeconds when it expires, counted from then; 0 to 65535
   * @param unpublished whether routers keep it from everybody but those to whom the destination sends it
   * @param properties at most 256, names and values in ASCII and of at most 255 bytes
   * @param encryptionKeys 1 to 8, the preferred one first
   * @param leases at most 16
   * @param signer signs for the destination
   * @return the bytes
   * @throws StructureException as the signer; with {@link StructureException.Reason#TOO_LARGE}: use fewer properties
   * @throws IllegalArgumentException if a value is out of its range, or there are too many of something
   */
  public static byte[] signed(
      byte[] destination,
      long publishedSeconds,
      int expiresSeconds,
      boolean unpublished,
      Map<String, String> properties,
      List<EncryptionKey> encryptionKeys,
      List<Lease2> leases,
      Signer signer)
      throws StructureException {
    properties.forEach((name, value) -> requireAscii(name + value));
    int flags = (signer.offline().isPresent() ? OFFLINE_KEYS : 0) | (unpublished ? UNPUBLISHED : 0);
    byte[] content = new LeaseSet2(
            destination,
            publishedSeconds,
            expiresSeconds,
            flags,
            signer.offline(),
            properties,
            encryptionKeys,
            leases,
            new byte[0])
        .content();
    return join(content, signer.sign(withType(content)));
  }

  /**
   * Reads the bytes of a lease set, without checking its signature.
   *
   * @param in at a lease set; its position is behind it afterwards
   * @return the lease set
   * @throws StructureException if it is malformed, has flags that are not known here, or its properties are not in the
   *     order that the signature needs
   */
  public static LeaseSet2 read(ByteBuffer in) throws StructureException {
    Cutter cutter = new Cutter(Joiner.bytes(in), REFUSAL);
    Sender owner = cutter.sender();
    long publishedSeconds = cutter.unsignedInt();
    int expiresSeconds = cutter.unsignedShort();
    int flags = cutter.unsignedShort();
    if ((flags & ~(OFFLINE_KEYS | UNPUBLISHED | BLINDED)) != 0) {
      throw cutter.refused("it has flags that are not known here");
    }
    Optional<OfflineSignature> offline = (flags & OFFLINE_KEYS) != 0
        ? Optional.of(OfflineSignature.read(cutter, owner.type()))
        : Optional.empty();
    Map<String, String> properties = OptionsMapping.readSorted(cutter);
    List<EncryptionKey> keys = readKeys(cutter);
    List<Lease2> leases = readLeases(cutter);
    SigningType type = offline.map(OfflineSignature::type).orElse(owner.type());
    byte[] signature = cutter.take(type.signatureLength());
    in.position(in.position() + cutter.at());
    return new LeaseSet2(
        owner.destination(),
        publishedSeconds,
        expiresSeconds,
        flags,
        offline,
        properties,
        keys,
        leases,
        signature);
  }

  private static List<EncryptionKey> readKeys(Cutter in) throws StructureException {
    int count = in.unsignedByte();
    if (count == 0 || count > MAX_KEYS) {
      throw in.refused("it has " + count + " encryption keys, not 1 to " + MAX_KEYS);
    }
    List<EncryptionKey> keys = new ArrayList<>(count);
    while (keys.size() < count) {
      keys.add(EncryptionKey.read(in));
    }
    return keys;
  }

  private static List<Lease2> readLeases(Cutter in) throws StructureException {
    int count = in.unsignedByte();
    if (count > MAX_LEASES) {
      throw in.refused("it has " + count + " leases, more than " + MAX_LEASES);
    }
    List<Lease2> leases = new ArrayList<>(count);
    while (leases.size() < count) {
      leases.add(Lease2.read(in));
    }
    return leases;
  }

  /**
   * Whether the destination's key signed it, or a transient key that the destination allows at the time of
   * {@link #publishedSeconds()}.
   *
   * @return false for any other signature
   * @throws StructureException if the type of the destination's key is not known here
   */
  public boolean verify() throws StructureException {
    return Signed.verify(
        Sender.of(destination, REFUSAL),
        offline,
        Instant.ofEpochSecond(publishedSeconds),
        withType(content()),
        signature);
  }

  /** Everything but the signature. */
  byte[] content() throws StructureException {
    byte[] header = ByteBuffer.allocate(Integer.BYTES + 2 * Short.BYTES)
        .putInt((int) publishedSeconds)
        .putShort((short) expiresSeconds)
        .putShort((short) flags)
        .array();
    ByteBuffer tunnels = ByteBuffer.allocate(1 + leases.size() * Lease2.LENGTH);
    tunnels.put((byte) leases.size());
    leases.forEach(lease -> lease.writeTo(tunnels));
    byte[] keys =
        join(encryptionKeys.stream().map(EncryptionKey::toByteArray).toArray(byte[][]::new));
    return join(
        destination,
        header,
        offline.map(OfflineSignature::toByteArray).orElse(new byte[0]),
        OptionsMapping.encode(properties),
        new byte[] {(byte) encryptionKeys.size()},
        keys,
        tunnels.array());
  }

  /** Java I2P makes other letters of them when it verifies (common structures, "Mapping"). */
  private static void requireAscii(String text) {
    if (text.chars().anyMatch(letter -> letter > MAX_ASCII)) {
      throw new IllegalArgumentException(
          "properties of a lease set are in ASCII: Java routers verify no others");
    }
  }

  private static byte[] withType(byte[] content) {
    byte[] typed = new byte[1 + content.length];
    typed[0] = TYPE;
    System.arraycopy(content, 0, typed, 1, content.length);
    return typed;
  }

  private static byte[] join(byte[]... parts) throws StructureException {
    return Joiner.join("a lease set", parts);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LeaseSet2 that
        && Arrays.equals(destination, that.destination)
        && publishedSeconds == that.publishedSeconds
        && expiresSeconds == that.expiresSeconds
        && flags == that.flags
        && offline.equals(that.offline)
        && properties.equals(that.properties)
        && encryptionKeys.equals(that.encryptionKeys)
        && leases.equals(that.leases)
        && Arrays.equals(signature, that.signature);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(destination) + Arrays.hashCode(signature);
  }

  /** What it has, and until when; not whose it is. */
  @Override
  public String toString() {
    return "LeaseSet2[" + leases.size() + " leases, " + encryptionKeys.size() + " keys, until "
        + Instant.ofEpochSecond(publishedSeconds + expiresSeconds) + "]";
  }
}
