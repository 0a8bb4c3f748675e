package io.allium.tck;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Stands between the JVM and the system's resolver, and remembers every I2P name that should never have come this far. */
public final class ResolverGuard extends InetAddressResolverProvider {
  private static final List<String> LEAKED = new CopyOnWriteArrayList<>();

  /** Creates the guard; {@link java.util.ServiceLoader} calls this. */
  public ResolverGuard() {}

  /**
   * The I2P names that were about to leave the JVM so far.
   *
   * @return a live view, empty unless something leaks
   */
  public static List<String> leaked() {
    return LEAKED;
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    InetAddressResolver builtin = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        if (host.toLowerCase(Locale.ROOT).endsWith(".i2p")) {
          LEAKED.add(host);
          throw new UnknownHostException("an I2P name must never reach the system's resolver");
        }
        return builtin.lookupByName(host, policy);
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return builtin.lookupByAddress(address);
      }
    };
  }

  @Override
  public String name() {
    return "allium-guard";
  }
}
