package io.allium;

import io.allium.spi.Provider;
import java.net.URI;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the provider of a router URI. */
final class Providers {
  private Providers() {}

  static boolean knows(String scheme) {
    return ServiceLoader.load(Provider.class, I2p.class.getClassLoader()).stream()
        .anyMatch(provider -> provider.get().schemes().contains(scheme));
  }

  static Provider forScheme(URI uri) throws I2pException {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    TreeSet<String> known = new TreeSet<>();
    @Nullable Provider found = null;
    for (Provider provider : ServiceLoader.load(Provider.class, I2p.class.getClassLoader())) {
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
  static URI checked(URI uri) throws I2pException {
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
