package io.allium.cli;

import io.allium.Destination;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.cli.site.PercentEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a page of an I2P site, read as browsers read it (URL Standard, "URL parsing"; {@code http} alone).
 *
 * @param host as it is told to the site
 * @param port -1 for the usual one
 * @param path encoded, begins with a slash
 * @param query encoded, with its question mark, or empty
 */
record PageUrl(I2pName name, String host, int port, String path, String query) {
  private static final String LOOKS = "the address of a page looks like http://example.i2p/path";
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)");
  private static final Pattern SITE = Pattern.compile("[/\\\\]{2,}([^/\\\\?#]*)(.*)");
  private static final Pattern PORT = Pattern.compile("(.*?)(?::([0-9]{0,5}))?");
  private static final int USUAL_PORT = 80;

  /**
   * Reads an address.
   *
   * @throws CommandFailure if it is no address of a page, and says why
   * @throws I2pException if its host is none of I2P
   */
  static PageUrl parse(String text) throws CommandFailure, I2pException {
    String clean = clean(text);
    Matcher scheme = SCHEME.matcher(clean);
    if (!scheme.matches()) {
      throw new CommandFailure(ExitCodes.USAGE, LOOKS);
    }
    if (scheme.group(1).equalsIgnoreCase("https")) {
      throw new CommandFailure(
          ExitCodes.USAGE, "get cannot speak https, and I2P encrypts anyway: write http://");
    }
    Matcher site = SITE.matcher(scheme.group(2));
    if (!scheme.group(1).equalsIgnoreCase("http") || !site.matches()) {
      throw new CommandFailure(ExitCodes.USAGE, LOOKS);
    }
    String authority = site.group(1);
    if (authority.indexOf('@') >= 0) {
      throw new CommandFailure(
          ExitCodes.USAGE,
          "the address of the page has a user name: remove everything up to the @");
    }
    Matcher port = PORT.matcher(authority);
    if (!port.matches() || port.group(1).isEmpty() || port.group(1).indexOf(':') >= 0) {
      throw new CommandFailure(ExitCodes.USAGE, LOOKS);
    }
    I2pName name = I2pName.parse(port.group(1));
    String host =
        name instanceof Destination ? port.group(1) : port.group(1).toLowerCase(Locale.ROOT);
    return new PageUrl(name, host, port(port.group(2)), "/", "").at(site.group(2));
  }

  /** Blanks around it go, and so do ends of lines and tabs in it, which come from wrapped text. */
  private static String clean(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && text.charAt(from) <= ' ') {
      from++;
    }
    while (from < to && text.charAt(to - 1) <= ' ') {
      to--;
    }
    return text.substring(from, to).replaceAll("[\\t\\r\\n]", "");
  }

  private static int port(@Nullable String digits) throws CommandFailure {
    if (digits == null || digits.isEmpty()) {
      return -1;
    }
    int port = Integer.parseInt(digits);
    if (port > I2pAddress.MAX_PORT) {
      throw new CommandFailure(
          ExitCodes.USAGE, "a port is 0-65535, not " + digits + ": correct the address");
    }
    return port == USUAL_PORT ? -1 : port;
  }

  /**
   * Where a reference on this page leads, such as that of a redirect.
   *
   * @throws CommandFailure as {@link #parse}
   * @throws I2pException as {@link #parse}
   */
  PageUrl resolve(String reference) throws CommandFailure, I2pException {
    String clean = clean(reference);
    if (SCHEME.matcher(clean).matches()) {
      return parse(clean);
    }
    return SITE.matcher(clean).matches() ? parse("http:" + clean) : at(clean);
  }

  /** Another page of the same site. */
  private PageUrl at(String reference) {
    int hash = reference.indexOf('#');
    String whole = hash < 0 ? reference : reference.substring(0, hash);
    int question = whole.indexOf('?');
    String newPath = (question < 0 ? whole : whole.substring(0, question)).replace('\\', '/');
    String newQuery = question < 0
        ? ""
        : "?" + PercentEncoding.encode(whole.substring(question + 1), PercentEncoding.QUERY);
    if (newPath.isEmpty()) {
      return new PageUrl(name, host, port, path, question < 0 ? query : newQuery);
    }
    String from = newPath.startsWith("/") ? "" : path.substring(0, path.lastIndexOf('/') + 1);
    return new PageUrl(
        name,
        host,
        port,
        withoutDots(from + PercentEncoding.encode(newPath, PercentEncoding.PATH)),
        newQuery);
  }

  /** Resolves {@code .} and {@code ..}, also where their dots are encoded. Empty names are names. */
  private static String withoutDots(String path) {
    List<String> names = new ArrayList<>();
    String[] parts = path.substring(1).split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      String dots = parts[i].replaceAll("(?i)%2e", ".");
      boolean up = dots.equals("..");
      if (up && !names.isEmpty()) {
        names.removeLast();
      }
      if (!up && !dots.equals(".")) {
        names.add(parts[i]);
      } else if (i == parts.length - 1) {
        names.add("");
      }
    }
    return "/" + String.join("/", names);
  }

  /** What a request asks for. */
  String target() {
    return path + query;
  }

  /** The site as a request names it. */
  String authority() {
    return port < 0 ? host : host + ":" + port;
  }

  /** Where the site is: as the address says, or at the usual port. */
  I2pAddress address(int usualPort) {
    return I2pAddress.of(name, port < 0 ? usualPort : port);
  }

  /** The whole address, as a person may type it. */
  String text() {
    return "http://" + authority() + target();
  }
}
