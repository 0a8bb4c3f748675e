package io.allium.protocol.structures;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/**
 * A tunnel through which a destination can be reached until it ends.
 *
 * @param gateway the hash of the router at its beginning, 32 bytes
 * @param tunnelId its number there; 0 to 2^32 - 1
 * @param endSeconds when it ends, in seconds since 1970; 0 to 2^32 - 1, which is in the year 2106
 * @see <a href="https://geti2p.net/spec/common-structures#lease2">Common structures, Lease2</a>
 */
public record Lease2(byte[] gateway, long tunnelId, long endSeconds) {
  /** The bytes of a Lease, which has its end in milliseconds: what a router sends over I2CP. */
  public static final int LEASE_LENGTH = 44;

  /** The bytes of a Lease2. */
  static final int LENGTH = 40;

  private static final int HASH = 32;
  private static final long MAX_UNSIGNED_INT = 0xffff_ffffL;
  private static final int MILLIS = 1000;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Lease2 {
    if (gateway.length != HASH) {
      throw new IllegalArgumentException(
          "A router's hash has " + HASH + " bytes, not " + gateway.length);
    }
    if (!isUnsignedInt(tunnelId) || !isUnsignedInt(endSeconds)) {
      throw new IllegalArgumentException("A tunnel's number and end are at most 2^32 - 1");
    }
  }

  /**
   * Reads a Lease as a router sends it (common structures, "Lease"). Its end is rounded down to a second.
   *
   * @param in at a lease; its position is behind it afterwards
   * @return the same as a Lease2
   * @throws StructureException if it is cut short, or ends later than a Lease2 can say
   */
  public static Lease2 ofLease(ByteBuffer in) throws StructureException {
    if (in.remaining() < LEASE_LENGTH) {
      throw refused("it is cut short");
    }
    byte[] gateway = new byte[HASH];
    in.get(gateway);
    long tunnelId = Integer.toUnsignedLong(in.getInt());
    long endSeconds = Long.divideUnsigned(in.getLong(), MILLIS);
    if (!isUnsignedInt(endSeconds)) {
      throw refused("it ends after the year 2106");
    }
    return new Lease2(gateway, tunnelId, endSeconds);
  }

  static Lease2 read(Cutter in) throws StructureException {
    return new Lease2(in.take(HASH), in.unsignedInt(), in.unsignedInt());
  }

  void writeTo(ByteBuffer out) {
    out.put(gateway).putInt((int) tunnelId).putInt((int) endSeconds);
  }

  private static boolean isUnsignedInt(long value) {
    return value >= 0 && value <= MAX_UNSIGNED_INT;
  }

  private static StructureException refused(String why) {
    return StructureException.of("This lease is refused", why);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Lease2 that
        && Arrays.equals(gateway, that.gateway)
        && tunnelId == that.tunnelId
        && endSeconds == that.endSeconds;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(gateway) + Long.hashCode(tunnelId);
  }

  /** When it ends; not where it is. */
  @Override
  public String toString() {
    return "Lease2[until " + Instant.ofEpochSecond(endSeconds) + "]";
  }
}
