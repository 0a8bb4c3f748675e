package io.allium.sam;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.I2pName;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Where a SAM bridge listens. Its host is what an operator configured, so this class may ask the system's resolver; no I2P
 * name ever comes here.
 *
 * @param host a name of the operator's network, or an address; of IPv6 in brackets
 * @param port the TCP port
 */
record SamAddress(String host, int port) {
  static final int DEFAULT_PORT = 7656;

  /** An address without brackets gets them. */
  static SamAddress of(String host, int port) {
    String bracketed = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    if (I2pName.isI2p(bracketed)) {
      throw new IllegalArgumentException(
          "an I2P name cannot be the address of a router: use a host of your network");
    }
    checkPort("port", port);
    SamAddress address = new SamAddress(bracketed, port);
    try {
      if (!bracketed.equals(new URI(address.toString()).getHost())) {
        throw noHost();
      }
    } catch (URISyntaxException e) {
      throw noHost();
    }
    return address;
  }

  static int checkPort(String name, int port) {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("the " + name + " of a router is 1-65535, not " + port);
    }
    return port;
  }

  private static IllegalArgumentException noHost() {
    return new IllegalArgumentException(
        "the router needs a host name of your network, or an IP address");
  }

  /** Anew for each connection: a router may move. The JVM by default remembers an address 30 s, and a failure 10 s. */
  List<InetSocketAddress> resolve() throws I2pException {
    try {
      return Arrays.stream(InetAddress.getAllByName(host))
          .map(address -> new InetSocketAddress(address, port))
          .toList();
    } catch (UnknownHostException e) {
      throw new I2pException(
          ErrorKind.ROUTER_UNREACHABLE,
          "the router's host " + host
              + " cannot be resolved now: check its name, and this machine's resolver",
          e);
    }
  }

  @Override
  public String toString() {
    return "sam://" + host + ":" + port;
  }
}
