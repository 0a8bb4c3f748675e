package io.allium.sam;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.I2pName;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;

/**
 * Where a SAM bridge listens, and how it takes datagrams. Its host is what an operator configured, so this class may ask
 * the system's resolver; no I2P name ever comes here.
 *
 * @param host a name of the operator's network, or an address
 * @param port the TCP port
 * @param datagrams how datagrams travel to the bridge
 * @param udpPort the UDP port that it takes them at
 */
record SamAddress(String host, int port, DatagramWay datagrams, int udpPort) {
  static final int DEFAULT_PORT = 7656;

  /** SAM v3, "Sending Repliable or Raw Datagrams". */
  static final int DEFAULT_UDP_PORT = 7655;

  static SamAddress of(URI uri) throws I2pException {
    String host = uri.getHost();
    boolean bare = uri.getRawPath() == null
        || uri.getRawPath().isEmpty()
        || uri.getRawPath().equals("/");
    if (host == null || !bare || uri.getRawFragment() != null) {
      throw invalid("a router with SAM is given as sam://HOST:PORT, as in sam://127.0.0.1:7656");
    }
    if (I2pName.isI2p(host)) {
      throw invalid("a router is named by a host of your network, not by an I2P name");
    }
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    if (port == 0 || port > 65535) {
      throw invalid("the port of a router is 1-65535, not " + port);
    }
    SamAddress address = new SamAddress(host, port, DatagramWay.AUTO, DEFAULT_UDP_PORT);
    return uri.getRawQuery() == null ? address : address.with(uri.getRawQuery());
  }

  private SamAddress with(String query) throws I2pException {
    SamAddress address = this;
    Set<String> seen = new HashSet<>();
    for (String setting : query.split("&", -1)) {
      String key = setting.substring(0, Math.max(setting.indexOf('='), 0));
      String value = setting.substring(key.length() + (key.isEmpty() ? 0 : 1));
      if (!seen.add(key)) {
        throw unknownSetting();
      }
      address = switch (key) {
        case "datagrams" -> new SamAddress(host, port, way(value), address.udpPort);
        case "udp-port" -> new SamAddress(host, port, address.datagrams, udpPort(value));
        default -> throw unknownSetting();
      };
    }
    return address;
  }

  private static DatagramWay way(String value) throws I2pException {
    for (DatagramWay way : DatagramWay.values()) {
      if (way != DatagramWay.AUTO && way.text().equals(value)) {
        return way;
      }
    }
    throw unknownSetting();
  }

  private static int udpPort(String value) throws I2pException {
    int port = value.matches("[0-9]{1,5}") ? Integer.parseInt(value) : 0;
    if (port == 0 || port > 65535) {
      throw invalid("the udp-port of a router is 1-65535");
    }
    return port;
  }

  /** Repeats nothing of it: what stands in a URI by mistake may be a password. */
  private static I2pException unknownSetting() {
    return invalid(
        "behind the ? of a router with SAM stand datagrams=udp or datagrams=in-band, and udp-port=PORT,"
            + " joined by &, and nothing else");
  }

  private static I2pException invalid(String message) {
    return new I2pException(ErrorKind.CONFIG_INVALID, message);
  }

  /** Anew for each connection: a router may move. The JVM by default remembers an address 30 s, and a failure 10 s. */
  InetSocketAddress resolve() throws I2pException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new I2pException(
          ErrorKind.ROUTER_UNREACHABLE,
          "the router's host " + host
              + " cannot be resolved now: check its name, and this machine's resolver");
    }
    return address;
  }

  @Override
  public String toString() {
    return "sam://" + host + ":" + port;
  }
}
