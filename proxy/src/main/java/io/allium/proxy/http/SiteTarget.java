package io.allium.proxy.http;

import io.allium.Destination;
import io.allium.I2pException;
import io.allium.I2pName;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a request goes.
 *
 * @param host as it was given, in small letters: the name of the site for its browser
 * @param name what the host is on I2P
 * @param port 1–65535
 * @param path with the query; empty for CONNECT
 */
record SiteTarget(String host, I2pName name, int port, String path) {
  static final int HTTP_PORT = 80;
  static final int HTTPS_PORT = 443;
  private static final String HTTP = "http://";
  private static final String HTTPS = "https://";

  /** The target of every method but CONNECT (RFC 9112, 3.2.2). */
  static SiteTarget absolute(String target) throws Refusal {
    requireVisible(target);
    if (target.regionMatches(true, 0, HTTPS, 0, HTTPS.length())) {
      throw new Refusal(400, "A site with https is reached by CONNECT: let the client do so");
    }
    if (!target.regionMatches(true, 0, HTTP, 0, HTTP.length())) {
      // a page that resolved its own name to this machine comes so
      throw new Refusal(
          403, "This is a proxy, not a site: set it in the browser as the proxy for HTTP");
    }
    String rest = target.substring(HTTP.length());
    int end = 0;
    while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    String path = rest.substring(end);
    if (path.indexOf('#') >= 0) {
      throw new Refusal(400, "The part of an address after # is not sent: leave it out");
    }
    return of(rest.substring(0, end), HTTP_PORT, path.startsWith("/") ? path : "/" + path);
  }

  /** The target of CONNECT (RFC 9112, 3.2.3). */
  static SiteTarget authority(String target) throws Refusal {
    requireVisible(target);
    if (target.lastIndexOf(':') < 0) {
      throw new Refusal(400, "CONNECT needs a port: write it as name:port");
    }
    return of(target, HTTPS_PORT, "");
  }

  /** The site that a {@code Referer} or {@code Origin} names; empty unless it is one on I2P. */
  static Optional<SiteTarget> referred(String url) {
    try {
      int fragment = url.indexOf('#');
      return Optional.of(absolute(fragment < 0 ? url : url.substring(0, fragment)));
    } catch (Refusal e) {
      return Optional.empty();
    }
  }

  /** A {@code Host} that names another site might be believed by somebody further on. */
  void requireSame(String hostHeader) throws Refusal {
    int colon = hostHeader.lastIndexOf(':');
    String named =
        (colon < 0 ? hostHeader : hostHeader.substring(0, colon)).toLowerCase(Locale.ROOT);
    String portText = colon < 0 ? "" : hostHeader.substring(colon + 1);
    boolean samePort = portText.isEmpty() || portText.equals(String.valueOf(port));
    if (!named.equals(host) || !samePort) {
      throw new Refusal(
          403, "The header Host names another site than the request: make them the same");
    }
  }

  boolean isSameSite(SiteTarget other) {
    return host.equals(other.host) && port == other.port;
  }

  SiteTarget withPath(String other) {
    return new SiteTarget(host, name, port, other);
  }

  /** The port as it is written after a host. */
  String portSuffix() {
    return port == HTTP_PORT ? "" : ":" + port;
  }

  String url() {
    return HTTP + host + portSuffix() + path;
  }

  private static void requireVisible(String target) throws Refusal {
    if (!target.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw new Refusal(400, "An address has only visible ASCII characters: encode the others");
    }
  }

  private static SiteTarget of(String authority, int defaultPort, String path) throws Refusal {
    if (authority.indexOf('@') >= 0) {
      throw new Refusal(400, "An address has no user name here: leave out what is before @");
    }
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > authority.lastIndexOf(']');
    String host = (hasPort ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
    int port = hasPort && colon + 1 < authority.length()
        ? port(authority.substring(colon + 1))
        : defaultPort;
    return new SiteTarget(host, name(host), port, path);
  }

  private static int port(String text) throws Refusal {
    boolean digits = text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int port = digits ? Integer.parseInt(text) : 0;
    if (port < 1 || port > 65535) {
      throw new Refusal(400, "A port is a number from 1 to 65535: correct the address");
    }
    return port;
  }

  /** No address of the internet is a name on I2P, in whatever notation, so none needs to be known here. */
  private static I2pName name(String host) throws Refusal {
    String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    try {
      I2pName name = I2pName.parse(bare);
      if (!(name instanceof Destination)) {
        return name;
      }
    } catch (I2pException e) {
      if (I2pName.isI2p(host)) {
        throw Refusal.of(e);
      }
    }
    throw new Refusal(
        403, "This proxy leads only to I2P sites: use a name that ends in .i2p, or another proxy");
  }
}
