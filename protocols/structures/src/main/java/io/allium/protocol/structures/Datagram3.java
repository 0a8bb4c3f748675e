package io.allium.protocol.structures;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * A datagram, protocol 20, that claims a sender without proof: the hash of its destination.
 *
 * @param fromHash the hash of whom it claims, 32 bytes
 * @param options any text, at most 256 of them, names and values of at most 255 bytes
 * @param payload the content, where it lies in the datagram
 * @see <a href="https://geti2p.net/spec/datagrams#datagram3">Datagram specification, Datagram3</a>
 */
public record Datagram3(byte[] fromHash, Map<String, String> options, ByteBuffer payload) {
  private static final int VERSION = 3;
  private static final int HASH = 32;

  /**
   * Copies the options.
   *
   * @throws IllegalArgumentException if the hash is none
   */
  public Datagram3 {
    if (fromHash.length != HASH) {
      throw new IllegalArgumentException(
          "A destination's hash has " + HASH + " bytes, not " + fromHash.length);
    }
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
   * @return the bytes
   * @throws StructureException with {@link StructureException.Reason#TOO_LARGE}: send less at a time
   * @throws IllegalArgumentException if the options are too many or too long
   */
  public byte[] encode() throws StructureException {
    return Joiner.join(
        fromHash,
        new byte[] {0, (byte) (VERSION | (options.isEmpty() ? 0 : Flags.OPTIONS))},
        options.isEmpty() ? new byte[0] : OptionsMapping.encode(options),
        Joiner.bytes(payload));
  }

  /**
   * Reads the bytes of a datagram.
   *
   * @param datagram all of it; what is returned shares it
   * @return the datagram
   * @throws StructureException if it is malformed or of another version: drop it
   */
  public static Datagram3 decode(byte[] datagram) throws StructureException {
    Cutter in = new Cutter(datagram);
    byte[] fromHash = in.take(HASH);
    int flags = Flags.read(in, VERSION, Flags.OPTIONS);
    Map<String, String> options = (flags & Flags.OPTIONS) != 0 ? OptionsMapping.read(in) : Map.of();
    return new Datagram3(fromHash, options, in.rest());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Datagram3 that
        && Arrays.equals(fromHash, that.fromHash)
        && options.equals(that.options)
        && payload.equals(that.payload);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(fromHash) + payload.hashCode();
  }

  /** How much it carries. */
  @Override
  public String toString() {
    return "Datagram3[" + options.size() + " options, " + payload.remaining() + " bytes]";
  }
}
