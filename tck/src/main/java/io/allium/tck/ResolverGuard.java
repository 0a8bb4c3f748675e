package io.allium.tck;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Stands between the JVM and the system's resolver, and remembers every I2P name that should never have come this far.
 * Names under {@code .invalid}, which exist nowhere (RFC 6761, 6.4), mean what a test says. The JVM remembers no answer.
 */
public final class ResolverGuard extends InetAddressResolverProvider {
  private static final String INVALID = ".invalid";

  /** RFC 1035, 2.3.4. */
  private static final int MAX_HOST_NAME = 255;

  private static final List<String> LEAKED = new CopyOnWriteArrayList<>();

  private static final Map<String, Supplier<List<InetAddress>>> ANSWERS = new ConcurrentHashMap<>();

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

  /**
   * Says what a name means from now on; until then it is unknown.
   *
   * @param host a name under {@code .invalid}
   * @param answer asked each time: its addresses in the order of a resolver, none where the name is unknown
   */
  public static void answer(String host, Supplier<List<InetAddress>> answer) {
    if (!host.endsWith(INVALID)) {
      throw new IllegalArgumentException("not a name for tests: " + host);
    }
    ANSWERS.put(host, answer);
  }

  private static Stream<InetAddress> answer(String host) throws UnknownHostException {
    List<InetAddress> addresses = ANSWERS.getOrDefault(host, List::of).get();
    if (addresses.isEmpty()) {
      throw new UnknownHostException(host);
    }
    // as from every resolver, each tells the name that was asked for
    List<InetAddress> named = new ArrayList<>();
    for (InetAddress address : addresses) {
      named.add(InetAddress.getByAddress(host, address.getAddress()));
    }
    return named.stream();
  }

  /** In every form that a resolver might be asked for; a whole destination is longer than any host name. */
  private static boolean isI2pName(String host) {
    return host.matches(".*\\.i2p(\\.alt)?\\.*") || host.length() > MAX_HOST_NAME;
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    InetAddressResolver builtin = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        if (isI2pName(host.toLowerCase(Locale.ROOT).strip())) {
          LEAKED.add(host);
          throw new UnknownHostException("an I2P name must never reach the system's resolver");
        }
        return host.endsWith(INVALID) ? answer(host) : builtin.lookupByName(host, policy);
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
