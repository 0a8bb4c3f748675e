package io.allium;

import java.util.Arrays;
import java.util.Objects;

/**
 * One received datagram. Its type says what is known about the sender.
 *
 * @see <a href="https://geti2p.net/spec/datagrams">I2P datagram specification</a>
 */
public sealed interface I2pDatagram {
  /**
   * The content.
   *
   * @return a fresh copy on each call
   */
  byte[] payload();

  /**
   * The sender's I2P port.
   *
   * @return 0–65535; 0 if not known
   */
  int fromPort();

  /**
   * The I2P port it was sent to.
   *
   * @return 0–65535; 0 if not known
   */
  int toPort();

  /**
   * Its I2CP protocol number.
   *
   * @return 0–255
   */
  int protocol();

  /**
   * A datagram whose signature proves its sender: whoever holds the signing key of {@code from}. The signature does not
   * cover the encryption key and the padding of the destination, so somebody who has one datagram can send it again
   * under another destination with the same signing key. Compare the sender with a destination that you know, and
   * answer to the one that you know.
   *
   * @param from the sender
   * @param payload the content, copied
   * @param fromPort the sender's port
   * @param toPort the port it was sent to
   * @param protocol 17 or 19
   */
  record Authenticated(Destination from, byte[] payload, int fromPort, int toPort, int protocol)
      implements I2pDatagram {
    /** Copies the payload. */
    public Authenticated {
      payload = payload.clone();
    }

    @Override
    public byte[] payload() {
      return payload.clone();
    }

    /** By content. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Authenticated that
          && from.equals(that.from)
          && fromPort == that.fromPort
          && toPort == that.toPort
          && protocol == that.protocol
          && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
      return 31 * Objects.hash(from, fromPort, toPort, protocol) + Arrays.hashCode(payload);
    }

    /** Everything except the content, which is shown by its length; the sender is shortened. */
    @Override
    public String toString() {
      return "Authenticated[" + "from=" + from + ", " + payload.length + " bytes, " + fromPort
          + " to " + toPort + ", protocol " + protocol + "]";
    }
  }

  /**
   * A datagram that claims a sender without proof: answer it, but never trust it.
   *
   * @param claimedHash the hash of the destination it claims
   * @param payload the content, copied
   * @param fromPort the sender's port
   * @param toPort the port it was sent to
   * @param protocol 20
   */
  record Unverified(
      Base32Address claimedHash, byte[] payload, int fromPort, int toPort, int protocol)
      implements I2pDatagram {
    /** Copies the payload. */
    public Unverified {
      payload = payload.clone();
    }

    @Override
    public byte[] payload() {
      return payload.clone();
    }

    /** By content. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Unverified that
          && claimedHash.equals(that.claimedHash)
          && fromPort == that.fromPort
          && toPort == that.toPort
          && protocol == that.protocol
          && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
      return 31 * Objects.hash(claimedHash, fromPort, toPort, protocol) + Arrays.hashCode(payload);
    }

    /** Everything except the content, which is shown by its length; the sender is shortened. */
    @Override
    public String toString() {
      return "Unverified[" + "from=" + claimedHash + ", " + payload.length + " bytes, " + fromPort
          + " to " + toPort + ", protocol " + protocol + "]";
    }
  }

  /**
   * A datagram without a sender.
   *
   * @param payload the content, copied
   * @param fromPort the sender's port
   * @param toPort the port it was sent to
   * @param protocol 18, or the number the sender chose
   */
  record Raw(byte[] payload, int fromPort, int toPort, int protocol) implements I2pDatagram {
    /** Copies the payload. */
    public Raw {
      payload = payload.clone();
    }

    @Override
    public byte[] payload() {
      return payload.clone();
    }

    /** By content. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Raw that
          && fromPort == that.fromPort
          && toPort == that.toPort
          && protocol == that.protocol
          && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
      return 31 * Objects.hash(fromPort, toPort, protocol) + Arrays.hashCode(payload);
    }

    /** Everything except the content, which is shown by its length; the sender is shortened. */
    @Override
    public String toString() {
      return "Raw[" + payload.length + " bytes, " + fromPort + " to " + toPort + ", protocol "
          + protocol + "]";
    }
  }
}
