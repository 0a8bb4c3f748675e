package io.allium;

import io.allium.protocol.structures.Names;
import java.util.Arrays;
import java.util.Optional;

/**
 * A way to name a destination: the destination itself, its base 32 address, or a host name.
 *
 * <p>Names are values: immutable, comparable with {@code equals}, safe on any thread. Nothing here asks a resolver or
 * a router; {@code I2p.resolve} does that. {@link #text()} is the whole name, for peers and files;
 * {@link #toString()} is shortened, for people and logs. An IP address is never a name.
 */
public sealed interface I2pName permits Destination, Base32Address, Hostname {
  /**
   * Reads a name in any of its forms: {@code example.i2p}, {@code <52 characters>.b32.i2p}, the longer
   * {@code .b32.i2p} address of an encrypted lease set, or a full destination in I2P's base 64. The suffix
   * {@code .i2p.alt} is read as {@code .i2p} (I2P naming, ".i2p.alt Domain"). Capital letters in host names and base 32
   * become small ones.
   *
   * @param text the name, without port, scheme, path or spaces
   * @return the name
   * @throws I2pException of kind {@code NAME_INVALID} if it is none of these; the message says why without repeating
   *     the text, which might be a secret pasted by mistake. Correct the text
   */
  static I2pName parse(String text) throws I2pException {
    if (Names.hasSuffix(text)) {
      String name = Names.withoutAlt(text);
      return Names.isBase32(name) ? Base32Address.parse(name) : Hostname.parse(name);
    }
    if (Names.isLikeDestination(text)) {
      return Destination.parse(text);
    }
    return Parsing.name(() -> {
      throw Names.notAName(text);
    });
  }

  /**
   * Whether a host belongs to I2P, so that only the router may resolve it, never the system: a name of any form, also
   * with spaces around it or the dot of the root at its end, and any other host under I2P's suffixes.
   *
   * @param host a text that somebody gave as an ordinary host
   * @return false if it may be an ordinary host
   */
  static boolean isI2p(String host) {
    String bare = Names.bare(host);
    if (Names.hasSuffix(bare)) {
      return true;
    }
    try {
      I2pName unused = parse(bare);
      return true;
    } catch (I2pException e) {
      return false;
    }
  }

  /**
   * The whole name, as {@link #parse} reads it back.
   *
   * @return a host name, a base 32 address, or a destination in I2P's base 64
   */
  String text();

  /**
   * The SHA-256 hash that identifies the destination in the network.
   *
   * @return 32 bytes, a copy; empty for a host name and for the address of an encrypted lease set, which carry no hash
   */
  Optional<byte[]> hash();

  /**
   * Whether both names certainly name the same destination, so that a destination can be compared with its base 32
   * address. Two host names match if they are equal; a host name never matches a destination, since only a lookup could
   * tell.
   *
   * @param other the other name
   * @return true if they certainly name the same destination
   */
  default boolean matches(I2pName other) {
    if (equals(other)) {
      return true;
    }
    Optional<byte[]> mine = hash();
    Optional<byte[]> theirs = other.hash();
    if (mine.isPresent() && theirs.isPresent()) {
      return Arrays.equals(mine.get(), theirs.get());
    }
    return switch (other) {
      case Base32Address address
      when this instanceof Destination destination -> address.isFor(destination);
      case Destination destination
      when this instanceof Base32Address address -> address.isFor(destination);
      default -> false;
    };
  }

  /**
   * The name shortened for people and logs.
   *
   * @return a host name whole, anything else as the first eight characters of its base 32 address
   */
  @Override
  String toString();
}
