package io.allium.cli;

import io.allium.I2pName;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A local address as an operator writes it: {@code host:port} or {@code [::1]:port}. */
final class LocalAddress {
  private static final Pattern TEXT =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^:\\[\\]]+)):(\\d{1,5})");

  private LocalAddress() {}

  /** Known before a session is opened, which may take minutes. */
  static void requireFree(InetSocketAddress address) throws CommandFailure {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(address);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCodes.BAD_CONFIGURATION,
          "cannot listen on port " + address.getPort() + " (" + e.getMessage()
              + "): choose another port");
    }
  }

  /** As {@link #parse} reads it. */
  static String print(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":"
        + address.getPort();
  }

  static InetSocketAddress parse(String text, int minPort) throws CommandFailure {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()
        || text.toLowerCase(Locale.ROOT).contains(".i2p")
        || I2pName.isI2p(text.substring(0, text.lastIndexOf(':')))) {
      throw new CommandFailure(
          ExitCodes.USAGE, "a local address is host:port, such as 127.0.0.1:8080");
    }
    int port = Integer.parseInt(parts.group(3));
    if (port < minPort || port > 65535) {
      throw new CommandFailure(
          ExitCodes.USAGE, "a local port is " + minPort + "-65535, not " + port);
    }
    String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new CommandFailure(ExitCodes.USAGE, "the local host " + host + " is unknown");
    }
    return address;
  }
}
