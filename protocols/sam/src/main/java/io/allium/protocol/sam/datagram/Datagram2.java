package io.allium.protocol.sam.datagram;

import io.allium.Destination;
import io.allium.I2pException;
import io.allium.SignatureType;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A repliable datagram, protocol 19, whose signature covers the hash of its receiver: nobody else takes a copy of it. Its
 * sender's key may be offline.
 *
 * <p>The signature proves the sender's signing key and covers nothing else of {@code from}: whoever has one datagram can
 * send it again as from another destination with that signing key, though not put it online. Tell peers apart by their signing
 * key, or by an answer that reached them.
 *
 * @param from the sender, its signing key proved by the signature
 * @param options any text, at most 256 of them, names and values of at most 255 bytes
 * @param offline what allows a transient key to sign for the sender
 * @param payload the content, copied
 * @see <a href="https://geti2p.net/spec/datagrams#datagram2">Datagram specification, Datagram2</a>
 */
public record Datagram2(
    Destination from,
    Map<String, String> options,
    Optional<OfflineSignature> offline,
    byte[] payload) {
  private static final int VERSION = 2;

  /** Copies payload and options. */
  public Datagram2 {
    options = Map.copyOf(options);
    payload = payload.clone();
  }

  /**
   * The content.
   *
   * @return a copy on each call
   */
  @Override
  public byte[] payload() {
    return payload.clone();
  }

  /**
   * Makes the bytes of this datagram.
   *
   * @param to the receiver, which alone accepts it
   * @param signer signs with the key of {@link #from()}, or with the transient one if {@link #offline()} is there
   * @return the bytes
   * @throws I2pException as the signer; {@code MESSAGE_TOO_LARGE}: send less at a time
   * @throws IllegalArgumentException if the options are too many or too long
   */
  public byte[] encode(Destination to, Signer signer) throws I2pException {
    int flags = VERSION
        | (options.isEmpty() ? 0 : Flags.OPTIONS)
        | (offline.isPresent() ? Flags.OFFLINE : 0);
    byte[] body = Joiner.join(
        new byte[] {0, (byte) flags},
        options.isEmpty() ? new byte[0] : OptionsMapping.encode(options),
        offline.map(OfflineSignature::toByteArray).orElse(new byte[0]),
        payload);
    return Joiner.join(from.toByteArray(), body, signer.sign(signed(to, body)));
  }

  /**
   * Reads and verifies the bytes of a datagram.
   *
   * @param datagram all of it
   * @param to the destination at which it arrived: ours
   * @param verifier checks the signatures
   * @param now transient keys that expired before are refused
   * @return the datagram
   * @throws I2pException of kind {@code PROTOCOL_VIOLATION} if it is malformed, of another version, not by its sender or
   *     not for {@code to}: drop it
   */
  public static Datagram2 decode(byte[] datagram, Destination to, Verifier verifier, Instant now)
      throws I2pException {
    Cutter in = new Cutter(datagram);
    Destination from = in.destination();
    SignatureType type = Cutter.signatureType(from);
    int bodyAt = in.at();
    int flags = Flags.read(in, VERSION, Flags.OPTIONS | Flags.OFFLINE);
    Map<String, String> options = (flags & Flags.OPTIONS) != 0 ? OptionsMapping.read(in) : Map.of();
    Optional<OfflineSignature> offline = (flags & Flags.OFFLINE) != 0
        ? Optional.of(OfflineSignature.read(in, type))
        : Optional.empty();
    SignatureType signing = offline.map(OfflineSignature::type).orElse(type);
    byte[] publicKey = offline
        .map(OfflineSignature::publicKey)
        .orElseGet(() -> from.signingPublicKey().orElseThrow());
    byte[] signature = in.takeLast(signing.signatureLength());
    if (!verifier.verify(signing, publicKey, signed(to, in.since(bodyAt)), signature)) {
      throw Cutter.violation("its signature is not by its sender, or for another receiver");
    }
    if (offline.isPresent()) {
      offline.get().check(from, verifier, now);
    }
    return new Datagram2(from, options, offline, in.rest());
  }

  /** The receiver's hash is signed and not sent, so that nobody can pass the datagram on to others. */
  private static byte[] signed(Destination to, byte[] body) {
    byte[] hash = to.hash().orElseThrow();
    byte[] signed = Arrays.copyOf(hash, hash.length + body.length);
    System.arraycopy(body, 0, signed, hash.length, body.length);
    return signed;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Datagram2 that
        && from.equals(that.from)
        && options.equals(that.options)
        && offline.equals(that.offline)
        && Arrays.equals(payload, that.payload);
  }

  @Override
  public int hashCode() {
    return 31 * from.hashCode() + Arrays.hashCode(payload);
  }

  /** The sender, shortened, and how much it carries. */
  @Override
  public String toString() {
    return "Datagram2[" + from + ", " + options.size() + " options, " + payload.length + " bytes]";
  }
}
