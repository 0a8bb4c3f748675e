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
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the provider of a router URI, which makes a typed source of it. */
public final class Providers {
  private Providers() {}

  /** Reads the text of a router's URI. */
  public static URI uri(String text) throws I2pException {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new I2pException(
          ErrorKind.CONFIG_INVALID,
          "a router is given as a URI such as sam://127.0.0.1:7656; this one is malformed");
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
      throw new I2pException(
          ErrorKind.CONFIG_INVALID,
          "no provider for " + scheme + ": on the class path are those of " + known
              + "; add the one you need");
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
          "a router URI never holds credentials: pass them to I2p.connect(uri, credentials)");
    }
    return uri;
  }

  private static String origin(Provider provider) {
    var source = provider.getClass().getProtectionDomain().getCodeSource();
    return provider.getClass().getName()
        + (source == null ? "" : " (" + source.getLocation() + ")");
  }
}
