package io.allium.protocol.structures;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * What a client asks its router for when it goes online: a destination, options, and the proof that the client has its
 * signing key. Nothing of it is proved before {@link #verify()} says so.
 *
 * @param destination the destination in binary
 * @param options all of them, with those of an offline signature
 * @param dateMillis when it was made, in milliseconds since 1970
 * @param offline what allows a transient key to sign for the destination
 * @param signature by the destination's key or the transient one
 * @see <a href="https://geti2p.net/spec/i2cp#struct-sessionconfig">I2CP, Session Config</a>
 */
public record SessionConfiguration(
    byte[] destination,
    Map<String, String> options,
    long dateMillis,
    Optional<OfflineSignature> offline,
    byte[] signature) {
  private static final String REFUSAL = "This session configuration is refused";

  /** Copies the options. */
  public SessionConfiguration {
    options = Map.copyOf(options);
  }

  /**
   * Makes the bytes of a configuration. If the signer's key is a transient one, its offline signature goes with it as
   * three more options.
   *
   * @param destination the destination in binary
   * @param options at most 256 with those of an offline signature; names and values of at most 255 bytes
   * @param dateMillis now by the router's clock, in milliseconds since 1970; a router takes 30 s more or less
   * @param signer signs for the destination
   * @return the bytes
   * @throws StructureException as the signer; with {@link StructureException.Reason#TOO_LARGE}: use fewer options
   * @throws IllegalArgumentException if the options are too many or too long, or say something of an offline signature
   */
  public static byte[] signed(
      byte[] destination, Map<String, String> options, long dateMillis, Signer signer)
      throws StructureException {
    byte[] content =
        content(destination, OfflineOptions.with(options, signer.offline()), dateMillis);
    return join(content, signer.sign(content));
  }

  /**
   * Reads the bytes of a configuration, without checking its signature.
   *
   * @param in all of it; its position is at its end afterwards
   * @return the configuration
   * @throws StructureException if it is malformed, or its options are not in the order that the signature needs
   */
  public static SessionConfiguration read(ByteBuffer in) throws StructureException {
    Cutter cutter = new Cutter(Joiner.bytes(in), REFUSAL);
    Sender owner = cutter.sender();
    Map<String, String> options = OptionsMapping.readSorted(cutter);
    long dateMillis = cutter.date();
    Optional<OfflineSignature> offline = OfflineOptions.find(options, cutter, owner.type());
    SigningType type = offline.map(OfflineSignature::type).orElse(owner.type());
    byte[] signature = cutter.take(type.signatureLength());
    if (cutter.remaining() > 0) {
      throw cutter.refused("there are bytes after its end");
    }
    in.position(in.limit());
    return new SessionConfiguration(owner.destination(), options, dateMillis, offline, signature);
  }

  /**
   * Whether the destination's key signed it, or a transient key that the destination allows at the time of
   * {@link #dateMillis()}.
   *
   * @return false for any other signature
   * @throws StructureException if the type of the destination's key is not known here
   */
  public boolean verify() throws StructureException {
    Sender owner = Sender.of(destination, REFUSAL);
    return Signed.verify(
        owner,
        offline,
        Instant.ofEpochMilli(dateMillis),
        content(destination, options, dateMillis),
        signature);
  }

  private static byte[] content(byte[] destination, Map<String, String> options, long dateMillis)
      throws StructureException {
    byte[] date = ByteBuffer.allocate(Long.BYTES).putLong(dateMillis).array();
    return join(destination, OptionsMapping.encode(options), date);
  }

  private static byte[] join(byte[]... parts) throws StructureException {
    return Joiner.join("a session configuration", parts);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SessionConfiguration that
        && Arrays.equals(destination, that.destination)
        && options.equals(that.options)
        && dateMillis == that.dateMillis
        && Arrays.equals(signature, that.signature);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(destination) + Long.hashCode(dateMillis);
  }

  /** How many options it has; none of their values. */
  @Override
  public String toString() {
    return "SessionConfiguration[" + options.size() + " options]";
  }
}
