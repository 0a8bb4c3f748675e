package io.allium.protocol.sam.datagram;

import io.allium.Destination;
import io.allium.I2pException;
import io.allium.SignatureType;
import io.allium.internal.KeysAndCert;
import java.util.Arrays;

/**
 * A repliable datagram, protocol 17: sender, signature of the payload, payload. It can be replayed, to whomever.
 *
 * <p>The signature proves the sender's signing key and covers nothing else of {@code from}: whoever has one datagram can
 * send it again as from another destination with that signing key, though not put it online. Tell peers apart by their signing
 * key, or by an answer that reached them.
 *
 * @param from the sender, its signing key proved by the signature
 * @param payload the content, copied
 * @see <a href="https://geti2p.net/spec/datagrams#repliable">Datagram specification, Datagram1</a>
 */
public record Datagram1(Destination from, byte[] payload) {
  /** Copies the payload. */
  public Datagram1 {
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
   * Makes the bytes of a datagram.
   *
   * @param from whose key signs
   * @param payload the content
   * @param signer signs with the key of {@code from}; the format has no room for a transient key
   * @return the bytes
   * @throws I2pException as the signer; {@code MESSAGE_TOO_LARGE}: send less at a time
   */
  public static byte[] encode(Destination from, byte[] payload, Signer signer) throws I2pException {
    SignatureType type = Cutter.signatureType(from);
    return Joiner.join(from.toByteArray(), signer.sign(signed(type, payload)), payload);
  }

  /**
   * Reads and verifies the bytes of a datagram.
   *
   * @param datagram all of it
   * @param verifier checks the signature
   * @return the datagram
   * @throws I2pException of kind {@code PROTOCOL_VIOLATION} if it is malformed or not by its sender: drop it
   */
  public static Datagram1 decode(byte[] datagram, Verifier verifier) throws I2pException {
    Cutter in = new Cutter(datagram);
    Destination from = in.destination();
    SignatureType type = Cutter.signatureType(from);
    byte[] signature = in.take(type.signatureLength());
    byte[] payload = in.rest();
    if (!verifier.verify(
        type, from.signingPublicKey().orElseThrow(), signed(type, payload), signature)) {
      throw Cutter.violation("its signature is not by its sender");
    }
    return new Datagram1(from, payload);
  }

  private static byte[] signed(SignatureType type, byte[] payload) {
    return type == SignatureType.DSA_SHA1 ? KeysAndCert.sha256(payload) : payload;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Datagram1 that
        && from.equals(that.from)
        && Arrays.equals(payload, that.payload);
  }

  @Override
  public int hashCode() {
    return 31 * from.hashCode() + Arrays.hashCode(payload);
  }

  /** The sender, shortened, and the length of the payload. */
  @Override
  public String toString() {
    return "Datagram1[" + from + ", " + payload.length + " bytes]";
  }
}
