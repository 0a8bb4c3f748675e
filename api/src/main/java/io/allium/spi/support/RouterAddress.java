package io.allium.spi.support;

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
 * Where a router's interface listens. Its host is what an operator configured, so this class may ask the system's resolver;
 * no I2P name ever comes here.
 *
 * @param scheme of the URI that says the same, such as {@code sam}
 * @param host a name of the operator's network, or an address; of IPv6 in brackets
 * @param port the TCP port, 1–65535
 */
public record RouterAddress(String scheme, String host, int port) {
  /**
   * Checks an address. Asks no resolver.
   *
   * @param scheme of the URI that says the same
   * @param host a name of the operator's network, or an address; one of IPv6 gets its brackets if it has none
   * @param port the TCP port, 1–65535
   * @return the address
   * @throws IllegalArgumentException for an I2P name, what is no host, and a port out of range
   */
  public static RouterAddress of(String scheme, String host, int port) {
    String bracketed = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    if (I2pName.isI2p(bracketed)) {
      throw new IllegalArgumentException(
          "an I2P name cannot be the address of a router: use a host of your network");
    }
    checkPort("port", port);
    RouterAddress address = new RouterAddress(scheme, bracketed, port);
    try {
      if (!bracketed.equals(new URI(address.toString()).getHost())) {
        throw noHost();
      }
    } catch (URISyntaxException e) {
      throw noHost();
    }
    return address;
  }

  /**
   * Checks a port of a router.
   *
   * @param name what it is called in the message
   * @param port the number
   * @return the same
   * @throws IllegalArgumentException if it is not 1–65535
   */
  public static int checkPort(String name, int port) {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("the " + name + " of a router is 1-65535, not " + port);
    }
    return port;
  }

  private static IllegalArgumentException noHost() {
    return new IllegalArgumentException(
        "the router needs a host name of your network, or an IP address");
  }

  /**
   * Asks the resolver, anew for each connection: a router may move. The JVM by default remembers an address 30 s, and a
   * failure 10 s.
   *
   * @return its addresses, at least one
   * @throws I2pException {@code ROUTER_UNREACHABLE} if the host cannot be resolved
   */
  public List<InetSocketAddress> resolve() throws I2pException {
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

  /** As a URI without settings. */
  @Override
  public String toString() {
    return scheme + "://" + host + ":" + port;
  }
}
