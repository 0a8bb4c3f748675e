package io.allium.guard;

import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Stands between the JVM and the system's resolver, and stops every I2P name that should never have come this far: the
 * lookup fails with {@link UnknownHostException}, and nothing leaves the machine. So does a lookup of digits and dots
 * alone that are no IP address, such as {@code 1.2.3.4.5}: some HTTP clients ask for what a site's link says, and no such
 * name exists (RFC 1123, section 2.1). Every other name goes to the system as before. The JVM finds the guard by itself
 * wherever this module is on the class path.
 *
 * <p>A JVM takes one such provider, the first that it finds. If there are others, {@link #reportOthers()} says so in the
 * log.
 *
 * <p>For tests, names under {@code .invalid}, which exist nowhere (RFC 6761, section 6.4), mean what a test says.
 */
public final class ResolverGuard extends InetAddressResolverProvider {
  private static final System.Logger LOG = System.getLogger(ResolverGuard.class.getName());

  private static final Pattern I2P = Pattern.compile("\\.i2p(\\.alt)?\\.*\\z");

  /** What is an IP address never comes here. */
  private static final Pattern DIGITS = Pattern.compile("[0-9.]+");

  private static final String INVALID = ".invalid";

  /** RFC 1035, 2.3.4. */
  private static final int MAX_HOST_NAME = 255;

  /** Enough to see what leaks; a program that leaks for days does not fill its memory. */
  private static final int MAX_REMEMBERED = 100;

  private static final int IPV6 = 16;

  private static final List<String> REFUSED = new CopyOnWriteArrayList<>();

  private static final AtomicBoolean REPORTED = new AtomicBoolean();

  private static final Map<String, Supplier<List<InetAddress>>> ANSWERS = new ConcurrentHashMap<>();

  /** Creates the guard; {@link ServiceLoader} calls this. */
  public ResolverGuard() {}

  /**
   * The I2P names that were about to leave the JVM: a test asserts that there are none.
   *
   * @return the first hundred of them, in full; empty unless something leaks
   */
  public static List<String> refused() {
    return List.copyOf(REFUSED);
  }

  /**
   * Writes a warning to the log, once for each JVM, if the class path has other providers of resolvers: what it says
   * depends on which one the JVM takes. Asks no resolver. The sockets of I2P call this.
   */
  public static void reportOthers() {
    if (REPORTED.compareAndSet(false, true)) {
      complaint(
              ServiceLoader.load(
                      InetAddressResolverProvider.class, ClassLoader.getSystemClassLoader())
                  .stream()
                  .map(provider -> provider.type().getName())
                  .toList())
          .ifPresent(words -> LOG.log(Level.WARNING, words));
    }
  }

  /** What is wrong with these providers, in the order in which a JVM finds them. */
  static Optional<String> complaint(List<String> providers) {
    String ours = ResolverGuard.class.getName();
    List<String> others = providers.stream().filter(name -> !name.equals(ours)).toList();
    if (others.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        providers.getFirst().equals(ours)
            ? "the JVM does not ask " + others + ", since it takes one provider of resolvers, "
                + ours + ": remove the others, or allium-guard"
            : "I2P names may reach a resolver: the JVM takes one provider, " + others.getFirst()
                + ", and never asks " + ours
                + ": put allium-guard in front of it on the class path");
  }

  /**
   * Says what a name means from now on; until then it is unknown. The JVM remembers answers for as long as {@code
   * networkaddress.cache.ttl} says.
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
    return I2P.matcher(host).find() || host.length() > MAX_HOST_NAME;
  }

  /** What {@code StandIn} of the module sockets makes: ff11, multicast of this machine alone, from a hash of the name. */
  private static boolean isStandIn(byte[] address) {
    return address.length == IPV6 && address[0] == (byte) 0xff && address[1] == 0x11;
  }

  private static UnknownHostException refuse(String host) {
    if (REFUSED.size() < MAX_REMEMBERED) {
      REFUSED.add(host);
    }
    return new UnknownHostException(
        "an I2P name must never reach the system's resolver: connect with a socket of I2P, or with"
            + " InetSocketAddress.createUnresolved");
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    reportOthers();
    InetAddressResolver builtin = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        if (isI2pName(host.toLowerCase(Locale.ROOT).strip())) {
          throw refuse(host);
        }
        if (DIGITS.matcher(host).matches()) {
          throw new UnknownHostException(host + " is neither a name nor an IP address");
        }
        return host.endsWith(INVALID) ? answer(host) : builtin.lookupByName(host, policy);
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        if (isStandIn(address)) {
          throw new UnknownHostException("it stands for an I2P name, and no resolver may know");
        }
        return builtin.lookupByAddress(address);
      }
    };
  }

  @Override
  public String name() {
    return "allium-guard";
  }
}
