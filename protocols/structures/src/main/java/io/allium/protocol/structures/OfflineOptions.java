package io.allium.protocol.structures;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** An offline signature as options of a session (proposal 123, "I2CP Options"; I2CP, "Session Config"). */
final class OfflineOptions {
  /** In seconds since 1970. */
  private static final String EXPIRATION = "i2cp.leaseSetOfflineExpiration";

  /** The number or name of its type, a colon, the base 64 of the key; without a type, it is of type 0. */
  private static final String PUBLIC_KEY = "i2cp.leaseSetTransientPublicKey";

  private static final String SIGNATURE = "i2cp.leaseSetOfflineSignature";
  private static final Set<String> NAMES = Set.of(EXPIRATION, PUBLIC_KEY, SIGNATURE);

  private OfflineOptions() {}

  /**
   * Adds them to a session's options.
   *
   * @param options which must not have them: their only source is who signs
   * @param offline empty if there is nothing to add
   * @return all of them
   * @throws IllegalArgumentException if one of them is among the options
   */
  static Map<String, String> with(Map<String, String> options, Optional<OfflineSignature> offline) {
    Map<String, String> all = new TreeMap<>(options);
    if (all.keySet().stream().anyMatch(NAMES::contains)) {
      throw new IllegalArgumentException(
          "the options of an offline signature are taken from the keys: leave them out");
    }
    offline.ifPresent(signature -> {
      all.put(EXPIRATION, Long.toString(signature.expires().getEpochSecond()));
      all.put(PUBLIC_KEY, signature.type().code() + ":" + I2pBase64.encode(signature.publicKey()));
      all.put(SIGNATURE, I2pBase64.encode(signature.signature()));
    });
    return all;
  }

  /**
   * Finds an offline signature among the options of a session.
   *
   * @param options all of them
   * @param in where they were read, and how errors begin
   * @param owner the type of the destination's key
   * @return empty if none of them is there
   * @throws StructureException if they are incomplete or malformed
   */
  static Optional<OfflineSignature> find(Map<String, String> options, Cutter in, SigningType owner)
      throws StructureException {
    if (NAMES.stream().noneMatch(options::containsKey)) {
      return Optional.empty();
    }
    String key = options.getOrDefault(PUBLIC_KEY, "");
    int colon = key.indexOf(':');
    Optional<SigningType> type = type(key.substring(0, Math.max(0, colon)));
    Optional<byte[]> publicKey =
        type.flatMap(known -> decode(key.substring(colon + 1), known.publicKeyLength()));
    Optional<byte[]> signature =
        decode(options.getOrDefault(SIGNATURE, ""), owner.signatureLength());
    OptionalLong seconds = seconds(options.getOrDefault(EXPIRATION, ""));
    if (publicKey.isEmpty() || signature.isEmpty() || seconds.isEmpty()) {
      throw in.refused("the options of its offline signature are malformed");
    }
    ByteBuffer bytes = ByteBuffer.allocate(
            Integer.BYTES + Short.BYTES + publicKey.get().length + signature.get().length)
        .putInt((int) seconds.getAsLong())
        .putShort((short) type.get().code())
        .put(publicKey.get())
        .put(signature.get());
    return Optional.of(OfflineSignature.of(bytes.array(), owner));
  }

  private static Optional<SigningType> type(String text) {
    if (text.isEmpty()) {
      return Optional.of(SigningType.DSA_SHA1);
    }
    for (SigningType type : SigningType.values()) {
      if (text.equals(Integer.toString(type.code())) || text.equalsIgnoreCase(type.specName())) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  private static Optional<byte[]> decode(String base64, int length) {
    return I2pBase64.decode(base64).filter(bytes -> bytes.length == length);
  }

  private static OptionalLong seconds(String text) {
    try {
      return OptionalLong.of(Integer.toUnsignedLong(Integer.parseUnsignedInt(text)));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
