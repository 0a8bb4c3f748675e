package io.allium.protocol.sam.datagram;

import io.allium.Base32Address;
import io.allium.I2pException;
import java.util.Arrays;
import java.util.Map;

/**
 * A datagram, protocol 20, that claims a sender without proof: the hash of its destination.
 *
 * @param from whom it claims, the 52-character form
 * @param options any text, at most 256 of them, names and values of at most 255 bytes
 * @param payload the content, copied
 * @see <a href="https://geti2p.net/spec/datagrams#datagram3">Datagram specification, Datagram3</a>
 */
public record Datagram3(Base32Address from, Map<String, String> options, byte[] payload) {
  private static final int VERSION = 3;
  private static final int HASH = 32;

  /**
   * Copies payload and options.
   *
   * @throws IllegalArgumentException if {@code from} is no hash
   */
  public Datagram3 {
    if (from.isEncrypted()) {
      throw new IllegalArgumentException("a destination's hash is needed, not " + from);
    }
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
   * @return the bytes
   * @throws I2pException {@code MESSAGE_TOO_LARGE}: send less at a time
   * @throws IllegalArgumentException if the options are too many or too long
   */
  public byte[] encode() throws I2pException {
    return Joiner.join(
        from.hash().orElseThrow(),
        new byte[] {0, (byte) (VERSION | (options.isEmpty() ? 0 : Flags.OPTIONS))},
        options.isEmpty() ? new byte[0] : OptionsMapping.encode(options),
        payload);
  }

  /**
   * Reads the bytes of a datagram.
   *
   * @param datagram all of it
   * @return the datagram
   * @throws I2pException of kind {@code PROTOCOL_VIOLATION} if it is malformed or of another version: drop it
   */
  public static Datagram3 decode(byte[] datagram) throws I2pException {
    Cutter in = new Cutter(datagram);
    Base32Address from = Base32Address.ofHash(in.take(HASH));
    int flags = Flags.read(in, VERSION, Flags.OPTIONS);
    Map<String, String> options = (flags & Flags.OPTIONS) != 0 ? OptionsMapping.read(in) : Map.of();
    return new Datagram3(from, options, in.rest());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Datagram3 that
        && from.equals(that.from)
        && options.equals(that.options)
        && Arrays.equals(payload, that.payload);
  }

  @Override
  public int hashCode() {
    return 31 * from.hashCode() + Arrays.hashCode(payload);
  }

  /** Whom it claims, shortened, and how much it carries. */
  @Override
  public String toString() {
    return "Datagram3[" + from + ", " + options.size() + " options, " + payload.length + " bytes]";
  }
}
