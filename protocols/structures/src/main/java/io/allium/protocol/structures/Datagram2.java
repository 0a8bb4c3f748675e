package io.allium.protocol.structures;

import java.nio.ByteBuffer;
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
 * @param from the sender in binary, its signing key proved by the signature
 * @param options any text, at most 256 of them, names and values of at most 255 bytes
 * @param offline what allows a transient key to sign for the sender
 * @param payload the content, where it lies in the datagram
 * @see <a href="https://geti2p.net/spec/datagrams#datagram2">Datagram specification, Datagram2</a>
 */
public record Datagram2(
    byte[] from,
    Map<String, String> options,
    Optional<OfflineSignature> offline,
    ByteBuffer payload) {
  private static final int VERSION = 2;

  /** Copies the options. */
  public Datagram2 {
    options = Map.copyOf(options);
  }

  /**
   * The content.
   *
   * @return a view with a position of its own
   */
  @Override
  public ByteBuffer payload() {
    return payload.duplicate();
  }

  /**
   * Makes the bytes of this datagram.
   *
   * @param toHash the hash of the receiver, which alone accepts it
   * @param signer signs with the key of {@link #from()}, or with the transient one if {@link #offline()} is there
   * @return the bytes
   * @throws StructureException as the signer; with {@link StructureException.Reason#TOO_LARGE}: send less at a time
   * @throws IllegalArgumentException if the options are too many or too long
   */
  public byte[] encode(byte[] toHash, Signer signer) throws StructureException {
    int flags = VERSION
        | (options.isEmpty() ? 0 : Flags.OPTIONS)
        | (offline.isPresent() ? Flags.OFFLINE : 0);
    byte[] body = Joiner.join(
        new byte[] {0, (byte) flags},
        options.isEmpty() ? new byte[0] : OptionsMapping.encode(options),
        offline.map(OfflineSignature::toByteArray).orElse(new byte[0]),
        Joiner.bytes(payload));
    return Joiner.join(from, body, signer.sign(signed(toHash, body)));
  }

  /**
   * Reads and verifies the bytes of a datagram.
   *
   * @param datagram all of it; what is returned shares it
   * @param toHash the hash of the destination at which it arrived: ours
   * @param verifier checks the signatures
   * @param now transient keys that expired before are refused
   * @return the datagram
   * @throws StructureException if it is malformed, of another version, not by its sender or not for {@code toHash}: drop
   *     it
   */
  public static Datagram2 decode(byte[] datagram, byte[] toHash, Verifier verifier, Instant now)
      throws StructureException {
    Cutter in = new Cutter(datagram);
    Sender from = in.sender();
    int bodyAt = in.at();
    int flags = Flags.read(in, VERSION, Flags.OPTIONS | Flags.OFFLINE);
    Map<String, String> options = (flags & Flags.OPTIONS) != 0 ? OptionsMapping.read(in) : Map.of();
    Optional<OfflineSignature> offline = (flags & Flags.OFFLINE) != 0
        ? Optional.of(OfflineSignature.read(in, from.type()))
        : Optional.empty();
    SigningType signing = offline.map(OfflineSignature::type).orElse(from.type());
    byte[] publicKey = offline.map(OfflineSignature::publicKey).orElse(from.publicKey());
    byte[] signature = in.takeLast(signing.signatureLength());
    if (!verifier.verify(signing, publicKey, signed(toHash, in.since(bodyAt)), signature)) {
      throw StructureException.ofDatagram(
          "its signature is not by its sender, or for another receiver");
    }
    if (offline.isPresent()) {
      offline.get().check(from, verifier, now);
    }
    return new Datagram2(from.destination(), options, offline, in.rest());
  }

  /** The receiver's hash is signed and not sent, so that nobody can pass the datagram on to others. */
  private static byte[] signed(byte[] toHash, byte[] body) {
    byte[] signed = Arrays.copyOf(toHash, toHash.length + body.length);
    System.arraycopy(body, 0, signed, toHash.length, body.length);
    return signed;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Datagram2 that
        && Arrays.equals(from, that.from)
        && options.equals(that.options)
        && offline.equals(that.offline)
        && payload.equals(that.payload);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(from) + payload.hashCode();
  }

  /** How much it carries. */
  @Override
  public String toString() {
    return "Datagram2[" + options.size() + " options, " + payload.remaining() + " bytes]";
  }
}
