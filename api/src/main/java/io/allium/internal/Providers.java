package io.allium.internal;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.spi.Access;
import io.allium.spi.Provider;
import io.allium.spi.RouterSource;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the provider of a router URI, which makes a typed source of it. */
public final class Providers {
  private static final Set<String> WEB = Set.of("http", "https");

  /** As a router's address is known to people: no URI, or one with the host as its scheme. */
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]):[0-9]{1,5}/?");

  private Providers() {}

  /** Reads the text of a router's URI. */
  public static URI uri(String text) throws I2pException {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw HOST_AND_PORT.matcher(text).matches()
          ? withoutInterface()
          : new I2pException(
              ErrorKind.CONFIG_INVALID,
              "this is not a router URI: write one such as sam://127.0.0.1:7656");
    }
  }

  /** The router of a URI. */
  public static RouterSource source(URI uri, Access access) throws I2pException {
    return forScheme(checked(uri)).source(uri, access);
  }

  /** Where routers usually are, of every provider. */
  static List<RouterSource> usual() {
    List<RouterSource> all = new ArrayList<>();
    for (Provider provider : loader()) {
      all.addAll(provider.usual());
    }
    return all;
  }

  private static ServiceLoader<Provider> loader() {
    return ServiceLoader.load(Provider.class, Providers.class.getClassLoader());
  }

  private static Provider forScheme(URI uri) throws I2pException {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    TreeSet<String> known = new TreeSet<>();
    @Nullable Provider found = null;
    for (Provider provider : loader()) {
      known.addAll(provider.schemes());
      if (!provider.schemes().contains(scheme)) {
        continue;
      }
      if (found != null) {
        throw new I2pException(
            ErrorKind.CONFIG_INVALID,
            "two providers claim " + scheme + ": " + origin(found) + " and " + origin(provider)
                + "; remove one");
      }
      found = provider;
    }
    if (found == null) {
      throw unknown(uri, scheme, known);
    }
    return found;
  }

  /** The message never repeats the URI: what makes it wrong may be a password in it. */
  private static URI checked(URI uri) throws I2pException {
    if (uri.getScheme() == null) {
      throw new I2pException(
          ErrorKind.CONFIG_INVALID,
          "a router URI starts with its interface, as in sam://127.0.0.1:7656");
    }
    String rest = uri.getSchemeSpecificPart();
    if (rest.startsWith("//") && rest.substring(2).split("[/?]", 2)[0].indexOf('@') >= 0) {
      throw new I2pException(
          ErrorKind.CONFIG_INVALID,
          "a router URI never holds credentials: pass them to I2p.connect(uri, credentials), or name their"
              + " file by --router-auth");
    }
    return uri;
  }

  static I2pException unknown(URI uri, String scheme, Set<String> known) {
    if (known.isEmpty()) {
      return new I2pException(
          ErrorKind.CONFIG_INVALID,
          "no provider is on the class path, so no router can be reached: add io.allium:allium to it");
    }
    if (HOST_AND_PORT.matcher(uri.toString()).matches()) {
      return withoutInterface();
    }
    return new I2pException(
        ErrorKind.CONFIG_INVALID,
        WEB.contains(scheme)
            ? "this is the address of a web page, such as a router's console or HTTP proxy: give the router's SAM"
                + " interface, as in sam://127.0.0.1:7656"
            : scheme + " is not a way to reach a router: write one of " + String.join(", ", known)
                + ", as in sam://127.0.0.1:7656, or add the provider that you need to the class path");
  }

  private static I2pException withoutInterface() {
    return new I2pException(
        ErrorKind.CONFIG_INVALID,
        "this is a host and a port without the interface: write sam:// in front of them, as in"
            + " sam://127.0.0.1:7656");
  }

  private static String origin(Provider provider) {
    var source = provider.getClass().getProtectionDomain().getCodeSource();
    return provider.getClass().getName()
        + (source == null ? "" : " (" + source.getLocation() + ")");
  }
}
