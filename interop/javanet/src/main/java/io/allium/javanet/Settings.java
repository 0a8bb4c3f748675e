package io.allium.javanet;

import java.util.LinkedHashMap;
import java.util.Map;
import net.i2p.I2PAppContext;
import net.i2p.util.PasswordManager;

/** The settings of the routers. */
final class Settings {
  /** Any but 2, which is the real network; routers ignore all of another number. */
  static final String NETWORK = "77";

  private static final String HOPS = "1";

  private Settings() {}

  static Map<String, String> anchor() {
    Map<String, String> settings = common();
    settings.put("i2p.vmCommSystem", "true");
    settings.put("i2cp.disableInterface", "true");
    settings.put("router.floodfillParticipant", "false");
    return settings;
  }

  static Map<String, String> router(
      I2PAppContext context, JavaNetworkOptions options, int number, int port) {
    Map<String, String> settings = common();
    serve(settings, port);
    settings.put("i2cp.SSL", Boolean.toString(options.isTls(number)));
    options.password(number).ifPresent(entry -> {
      settings.put("i2cp.auth", "true");
      settings.put(
          "i2cp.auth." + entry.user() + ".shash",
          new PasswordManager(context).createHash(entry.password()));
    });
    settings.put("router.floodfillParticipant", Boolean.toString(number < options.floodfills()));
    ownTunnels(settings, Integer.toString(options.exploratoryHops()));
    return settings;
  }

  /** With links by NTCP2 at an address of 127.0.0.0/8, to routers of any kind there. */
  static Map<String, String> loopback(String host, int port, int i2cpPort) {
    Map<String, String> settings = common();
    serve(settings, i2cpPort);
    settings.put("router.floodfillParticipant", "false");
    settings.put("router.disableIPv6", "true");
    settings.put("i2np.udp.enable", "false");
    settings.put("i2np.ntcp.enable", "true");
    settings.put("i2np.ntcp.hostname", host);
    settings.put("i2np.ntcp.bindInterface", host);
    settings.put("i2np.ntcp.port", Integer.toString(port));
    settings.put("i2np.ntcp.autoip", "false");
    settings.put("i2np.ntcp.autoport", "false");
    settings.put("i2np.ntcp.ipv6", "false");
    ownTunnels(settings, HOPS);
    return settings;
  }

  private static void serve(Map<String, String> settings, int port) {
    settings.put("i2cp.disableInterface", "false");
    settings.put("i2cp.hostname", "127.0.0.1");
    settings.put("i2cp.port", Integer.toString(port));
  }

  private static void ownTunnels(Map<String, String> settings, String hops) {
    for (String pool : new String[] {"router.inboundPool.", "router.outboundPool."}) {
      settings.put(pool + "length", hops);
      settings.put(pool + "lengthVariance", "0");
      settings.put(pool + "quantity", "2");
      settings.put(pool + "IPRestriction", "0");
    }
  }

  private static Map<String, String> common() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("router.networkID", NETWORK);
    // Nothing is fetched, asked or opened outside.
    settings.put("router.reseedDisable", "true");
    settings.put("i2p.reseedURL", "");
    settings.put("router.updateDisabled", "true");
    settings.put("time.disabled", "true");
    settings.put("time.sntpServerList", "");
    settings.put("i2np.upnp.enable", "false");
    settings.put("router.blocklist.enable", "false");
    settings.put("routerconsole.geoip.enable", "false");
    // Addresses of 127.0.0.0/8 count, and one router may be in all tunnels.
    settings.put("i2np.allowLocal", "true");
    // Few routers, each small and without limits.
    settings.put("router.rejectStartupTime", "0");
    settings.put("router.disableDecayingBloomFilter", "true");
    settings.put("router.batchFrequency", "1");
    settings.put("i2np.bandwidth.inboundKBytesPerSecond", "100000");
    settings.put("i2np.bandwidth.outboundKBytesPerSecond", "100000");
    settings.put("i2np.bandwidth.inboundBurstKBytesPerSecond", "100000");
    settings.put("i2np.bandwidth.outboundBurstKBytesPerSecond", "100000");
    settings.put("i2np.bandwidth.inboundBurstKBytes", "200000");
    settings.put("i2np.bandwidth.outboundBurstKBytes", "200000");
    settings.put("prng.buffers", "2");
    // No stock of keys: making it costs more than all else at the start, and a thread at it
    // complains when its router ends.
    settings.put("crypto.yk.precalc.min", "0");
    settings.put("crypto.yk.precalc.max", "1");
    settings.put("crypto.edh.precalc.min", "0");
    settings.put("crypto.edh.precalc.max", "1");
    // The default is in no jar.
    settings.put("i2p.naming.impl", "net.i2p.client.naming.HostsTxtNamingService");
    return settings;
  }
}
