package io.allium.protocol.structures;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A repliable datagram, protocol 17: sender, signature of the payload, payload. It can be replayed, to whomever.
 *
 * <p>The signature proves the sender's signing key and covers nothing else of {@code from}: whoever has one datagram can
 * send it again as from another destination with that signing key, though not put it online. Tell peers apart by their signing
 * key, or by an answer that reached them.
 *
 * @param from the sender in binary, its signing key proved by the signature
 * @param payload the content, where it lies in the datagram
 * @see <a href="https://geti2p.net/spec/datagrams#repliable">Datagram specification, Datagram1</a>
 */
public record Datagram1(byte[] from, ByteBuffer payload) {
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
   * @param signer signs with the key of {@link #from()}; the format has no room for a transient key
   * @return the bytes
   * @throws StructureException as the signer; with {@link StructureException.Reason#TOO_LARGE}: send less at a time
   */
  public byte[] encode(Signer signer) throws StructureException {
    byte[] content = Joiner.bytes(payload);
    return Joiner.join(from, signer.sign(signed(Sender.of(from).type(), content)), content);
  }

  /**
   * Reads and verifies the bytes of a datagram.
   *
   * @param datagram all of it; what is returned shares it
   * @param verifier checks the signature
   * @return the datagram
   * @throws StructureException if it is malformed or not by its sender: drop it
   */
  public static Datagram1 decode(byte[] datagram, Verifier verifier) throws StructureException {
    Cutter in = new Cutter(datagram);
    Sender from = in.sender();
    byte[] signature = in.take(from.type().signatureLength());
    ByteBuffer payload = in.rest();
    byte[] signed = signed(from.type(), Joiner.bytes(payload));
    if (!verifier.verify(from.type(), from.publicKey(), signed, signature)) {
      throw StructureException.ofDatagram("its signature is not by its sender");
    }
    return new Datagram1(from.destination(), payload);
  }

  private static byte[] signed(SigningType type, byte[] payload) {
    return type == SigningType.DSA_SHA1 ? KeysAndCert.sha256(payload) : payload;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Datagram1 that
        && Arrays.equals(from, that.from)
        && payload.equals(that.payload);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(from) + payload.hashCode();
  }

  /** The length of the payload. */
  @Override
  public String toString() {
    return "Datagram1[" + payload.remaining() + " bytes]";
  }
}
