package io.allium.sockets;

import io.allium.Destination;
import io.allium.I2pException;
import io.allium.I2pName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * An {@link InetAddress} that stands for an I2P name in libraries which insist on one before they connect. An {@link
 * I2pSocket} reads the name from it. Nobody else can connect to it, not even by mistake: it is an IPv6 multicast address
 * of this machine alone (RFC 4291, section 2.7), to which no kernel opens a TCP connection. Different names have
 * different addresses, so a library does not take two peers for one machine.
 */
public final class StandIn {
  /** ff11: multicast, not assigned by IANA, interface-local. */
  private static final byte[] PREFIX = {(byte) 0xff, 0x11};

  private static final int LENGTH = 16;

  private StandIn() {}

  /**
   * Stands for a name.
   *
   * @param host an I2P name
   * @return its stand-in, whose host name it is
   * @throws UnknownHostException if it is no name of I2P; the cause is an {@link I2pException} that says why
   */
  public static InetAddress of(String host) throws UnknownHostException {
    try {
      I2pName unused = I2pName.parse(host);
    } catch (I2pException e) {
      UnknownHostException error = new UnknownHostException(String.valueOf(e.getMessage()));
      error.initCause(e);
      throw error;
    }
    return InetAddress.getByAddress(host, bytes(host));
  }

  /** Stands for a peer's b32 address. */
  static InetAddress of(Destination peer) {
    try {
      return of(peer.base32().text());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("a destination has a b32 address", e);
    }
  }

  /** Whether it is a stand-in, for the name that it has. */
  static boolean isOne(InetAddress address, String host) {
    return Arrays.equals(address.getAddress(), bytes(host));
  }

  private static byte[] bytes(String host) {
    byte[] bytes = Arrays.copyOf(PREFIX, LENGTH);
    byte[] hash = sha256(host);
    System.arraycopy(hash, 0, bytes, PREFIX.length, LENGTH - PREFIX.length);
    return bytes;
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
