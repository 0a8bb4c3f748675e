package io.allium.sam;

import io.allium.I2pException;
import io.allium.spi.support.RouterAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The ports by which a router on this machine is known whose SAM bridge is off, or is not where it was looked for.
 *
 * @param sam where bridges usually are
 * @param javaI2p where only Java I2P listens: its console
 * @param i2pd where only i2pd listens: its console, its SOCKS proxy
 * @param any where both may listen: I2CP, the HTTP proxy
 */
record Neighbours(int sam, List<Integer> javaI2p, List<Integer> i2pd, List<Integer> any) {
  static final Neighbours USUAL =
      new Neighbours(SamAt.DEFAULT_PORT, List.of(7657), List.of(7070, 4447), List.of(7654, 4444));

  /** On loopback a port answers or refuses at once; a firewall may do neither. */
  private static final int PATIENCE_MILLIS = 300;

  private static final String ON_JAVA_I2P =
      "open its console, go to Clients, start \"SAM application bridge\" and check \"Run at Startup\"";
  private static final String ON_I2PD =
      "set enabled = true under [sam] in i2pd.conf and start it again";

  /** What is there instead, and what to do; nothing for another machine, which is not to be knocked at. */
  Optional<String> advice(RouterAddress address) throws I2pException {
    InetAddress host = address.resolve().getFirst().getAddress();
    if (!host.isLoopbackAddress()) {
      return Optional.empty();
    }
    if (address.port() != sam && isOpen(host, sam)) {
      return Optional.of("something listens at port " + sam + ", the usual one: try sam://"
          + address.host() + ":" + sam);
    }
    OptionalInt port = firstOpen(host, javaI2p);
    if (port.isPresent()) {
      return Optional.of(
          "Java I2P seems to run (port " + port.getAsInt() + " is open): " + ON_JAVA_I2P);
    }
    port = firstOpen(host, i2pd);
    if (port.isPresent()) {
      return Optional.of("i2pd seems to run (port " + port.getAsInt() + " is open): " + ON_I2PD);
    }
    port = firstOpen(host, any);
    return port.isEmpty()
        ? Optional.empty()
        : Optional.of("a router seems to run (port " + port.getAsInt()
            + " is open): if it is Java I2P, " + ON_JAVA_I2P + "; if it is i2pd, " + ON_I2PD);
  }

  private static OptionalInt firstOpen(InetAddress host, List<Integer> ports) {
    return ports.stream()
        .mapToInt(Integer::intValue)
        .filter(port -> isOpen(host, port))
        .findFirst();
  }

  private static boolean isOpen(InetAddress host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
