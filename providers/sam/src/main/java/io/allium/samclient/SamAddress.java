package io.allium.samclient;

import io.allium.ErrorKind;
import io.allium.I2pException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * Where a SAM bridge listens. Its host is what an operator configured, so this class may ask the system's resolver; no
 * I2P name ever comes here.
 */
record SamAddress(String host, int port) {
  static final int DEFAULT_PORT = 7656;

  /** Host names know no case, and may end with the dot of the root. */
  private static final Pattern I2P_NAME = Pattern.compile("(?i)\\.i2p\\.?$");

  static SamAddress of(URI uri) throws I2pException {
    String host = uri.getHost();
    boolean bare = uri.getRawPath() == null
        || uri.getRawPath().isEmpty()
        || uri.getRawPath().equals("/");
    if (host == null || !bare || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new I2pException(
          ErrorKind.CONFIG_INVALID,
          "a router with SAM is given as sam://HOST:PORT, as in sam://127.0.0.1:7656");
    }
    if (I2P_NAME.matcher(host).find()) {
      throw new I2pException(
          ErrorKind.CONFIG_INVALID,
          "a router is named by a host of your network, not by an I2P name");
    }
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    if (port == 0 || port > 65535) {
      throw new I2pException(
          ErrorKind.CONFIG_INVALID, "the port of a router is 1-65535, not " + port);
    }
    return new SamAddress(host, port);
  }

  InetSocketAddress resolve() throws I2pException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new I2pException(
          ErrorKind.ROUTER_UNREACHABLE,
          "the router's host " + host + " is unknown: check its name");
    }
    return address;
  }

  @Override
  public String toString() {
    return "sam://" + host + ":" + port;
  }
}
