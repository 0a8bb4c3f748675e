package io.allium.memory;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.spi.Access;
import io.allium.spi.Provider;
import io.allium.spi.RouterSource;
import java.net.URI;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Serves {@code memory:network} and {@code memory:network/router}. */
public final class MemoryProvider implements Provider {
  static final String NAME = "[A-Za-z0-9._-]{1,64}";

  private static final Pattern NETWORK_AND_ROUTER =
      Pattern.compile("(" + NAME + ")(?:/(" + NAME + "))?");

  /** Creates the provider; {@link java.util.ServiceLoader} calls this. */
  public MemoryProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("memory");
  }

  @Override
  public RouterSource source(URI uri, Access access) throws I2pException {
    Matcher name = NETWORK_AND_ROUTER.matcher(uri.getSchemeSpecificPart());
    if (!name.matches() || uri.getRawFragment() != null) {
      throw new I2pException(
          ErrorKind.CONFIG_INVALID,
          "write a network in memory as memory:demo or memory:demo/router1, with letters, digits, dots, dashes"
              + " and underscores");
    }
    String network = name.group(1);
    String router = name.group(2);
    return new MemoryRouterSource(
        network, router == null ? "" : router, () -> MemoryNetwork.named(network));
  }
}
