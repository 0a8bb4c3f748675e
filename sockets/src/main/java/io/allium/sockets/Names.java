package io.allium.sockets;

import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pName;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;

/** Addresses of {@code java.net} that stand for I2P's. */
final class Names {
  private Names() {}

  /** As programs of {@code java.net} take it; nobody ever resolves it. */
  static InetSocketAddress of(I2pAddress address) {
    return InetSocketAddress.createUnresolved(b32(address.name()), address.port());
  }

  /** A whole destination is longer than any host name may be. */
  private static String b32(I2pName name) {
    return name instanceof Destination destination ? destination.base32().text() : name.text();
  }

  /** Where a program wants to connect to. */
  static I2pAddress peer(SocketAddress endpoint) throws IOException {
    if (endpoint instanceof I2pAddress address) {
      return address;
    }
    if (!(endpoint instanceof InetSocketAddress inet)) {
      throw new IllegalArgumentException("Unsupported address type");
    }
    InetAddress address = inet.getAddress();
    if (address != null && !StandIn.isOne(address, inet.getHostString())) {
      throw ipAddress();
    }
    try {
      return I2pAddress.of(I2pName.parse(inet.getHostString()), inet.getPort());
    } catch (I2pException e) {
      throw Faults.connecting(e, false);
    }
  }

  /** No address of a machine leads to a peer. */
  static SocketException ipAddress() {
    SocketException error = new SocketException(
        "an IP address is no peer of I2P: connect to a name, as InetSocketAddress.createUnresolved makes it");
    error.initCause(new I2pException(ErrorKind.NAME_INVALID, "an IP address is no peer of I2P"));
    return error;
  }

  /** The I2P port that an address to bind to stands for. */
  static int localPort(SocketAddress endpoint, Destination ours) throws BindException {
    if (!(endpoint instanceof InetSocketAddress inet)) {
      throw new IllegalArgumentException("Unsupported address type");
    }
    InetAddress address = inet.getAddress();
    boolean any = address == null
        ? inet.getHostString().equals(ours.base32().text())
        : address.isAnyLocalAddress() || address.isLoopbackAddress();
    if (!any) {
      throw new BindException(
          "a socket of I2P binds to no address of this machine: give the wildcard address and an I2P port");
    }
    return inet.getPort();
  }
}
