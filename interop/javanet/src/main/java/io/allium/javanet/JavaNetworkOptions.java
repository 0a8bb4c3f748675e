package io.allium.javanet;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How a {@link JavaNetwork} is made. Immutable. Routers have numbers from 0 up. */
public final class JavaNetworkOptions {
  /** More have no use in one JVM, where all share its cores. */
  private static final int MOST_ROUTERS = 32;

  private static final int MOST_HOPS = 3;

  record Password(String user, String password) {
    @Override
    public String toString() {
      return user;
    }
  }

  private final int routers;
  private final int floodfills;
  private final int exploratoryHops;
  private final Map<Integer, Password> passwords;
  private final Set<Integer> tls;
  private final boolean zeroHopLookups;

  private JavaNetworkOptions(
      int routers,
      int floodfills,
      int exploratoryHops,
      Map<Integer, Password> passwords,
      Set<Integer> tls,
      boolean zeroHopLookups) {
    this.routers = routers;
    this.floodfills = floodfills;
    this.exploratoryHops = exploratoryHops;
    this.passwords = passwords;
    this.tls = tls;
    this.zeroHopLookups = zeroHopLookups;
  }

  /** Six routers, two of them floodfills, exploratory tunnels of one hop, I2CP for everybody. */
  public static JavaNetworkOptions defaults() {
    return new JavaNetworkOptions(6, 2, 1, Map.of(), Set.of(), false);
  }

  /**
   * How many routers. Tunnels of 3 hops need 4.
   *
   * @param count 2 to 32
   */
  public JavaNetworkOptions routers(int count) {
    return new JavaNetworkOptions(
        inRange("routers", count, 2, MOST_ROUTERS),
        Math.min(floodfills, count),
        exploratoryHops,
        passwords,
        tls,
        zeroHopLookups);
  }

  /**
   * How many of them, the first ones, are floodfills: where lease sets are published and looked up.
   *
   * @param count 1 to the number of routers
   */
  public JavaNetworkOptions floodfills(int count) {
    return new JavaNetworkOptions(
        routers,
        inRange("floodfills", count, 1, routers),
        exploratoryHops,
        passwords,
        tls,
        zeroHopLookups);
  }

  /**
   * The length of the routers' own tunnels. That of a session's tunnels is the session's choice. Routers seldom take floodfills
   * into tunnels of their own, so more than one hop needs as many other routers that are none.
   *
   * @param hops 0 to 3
   */
  public JavaNetworkOptions exploratoryHops(int hops) {
    return new JavaNetworkOptions(
        routers, floodfills, inRange("hops", hops, 0, MOST_HOPS), passwords, tls, zeroHopLookups);
  }

  /** Lets only clients in that know this user and password, on one router. */
  public JavaNetworkOptions password(int router, String user, String password) {
    Map<Integer, Password> more = new HashMap<>(passwords);
    more.put(inRange("router", router, 0, routers - 1), new Password(user, password));
    return new JavaNetworkOptions(
        routers, floodfills, exploratoryHops, Map.copyOf(more), tls, zeroHopLookups);
  }

  /** Serves I2CP over TLS alone, on one router, with a certificate that it makes for itself. */
  public JavaNetworkOptions tls(int router) {
    Set<Integer> more = new HashSet<>(tls);
    more.add(inRange("router", router, 0, routers - 1));
    return new JavaNetworkOptions(
        routers, floodfills, exploratoryHops, passwords, Set.copyOf(more), zeroHopLookups);
  }

  /**
   * Lets sessions look up others through outbound tunnels of no hop. A router of 2.7.0 never does: it asks only floodfills that
   * the session's own database describes, and puts no description there.
   */
  public JavaNetworkOptions zeroHopLookups() {
    return new JavaNetworkOptions(routers, floodfills, exploratoryHops, passwords, tls, true);
  }

  /** @throws IllegalArgumentException when the routers' own tunnels would hardly ever be built */
  void check() {
    if (exploratoryHops > 1 && routers - floodfills <= exploratoryHops) {
      throw new IllegalArgumentException(routers + " routers with " + floodfills
          + " floodfills are too few for exploratory tunnels of " + exploratoryHops
          + " hops: use more routers");
    }
  }

  int routers() {
    return routers;
  }

  int floodfills() {
    return floodfills;
  }

  int exploratoryHops() {
    return exploratoryHops;
  }

  Optional<Password> password(int router) {
    return Optional.ofNullable(passwords.get(router));
  }

  boolean isTls(int router) {
    return tls.contains(router);
  }

  boolean hasZeroHopLookups() {
    return zeroHopLookups;
  }

  private static int inRange(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(what + " is " + value + ": use " + least + " to " + most);
    }
    return value;
  }
}
