package io.allium.i2cp;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.protocol.structures.X25519;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The options of a session as they go to a router. */
final class SessionOptions {
  private static final String ENCRYPTION = "i2cp.leaseSetEncType";
  private static final String LEASE_SET_TYPE = "i2cp.leaseSetType";
  private static final String LEASE_SET_2 = "3";

  private static final String TYPE = String.valueOf(X25519.TYPE);

  /** Whether the router keeps the lease set from the network. Some i2pd understand it the wrong way round. */
  static final String UNPUBLISHED = "i2cp.dontPublishLeaseSet";

  private SessionOptions() {}

  /** Refuses what this provider does not do. */
  static void check(Map<String, String> wanted) throws I2pException {
    String types = wanted.getOrDefault(ENCRYPTION, TYPE).replace(" ", "");
    if (!List.of(types.split(",", -1)).contains(TYPE)) {
      throw unsupported(ENCRYPTION, TYPE, "nothing but ECIES-X25519 encrypts here");
    }
    if (!wanted.getOrDefault(LEASE_SET_TYPE, LEASE_SET_2).strip().equals(LEASE_SET_2)) {
      throw unsupported(LEASE_SET_TYPE, LEASE_SET_2, "no other lease sets are made here");
    }
  }

  /** Those of the program, and those without which routers do something else than the specification says. */
  static Map<String, String> of(Map<String, String> wanted, Publication publication) {
    Map<String, String> options = new LinkedHashMap<>(wanted);
    options.put(ENCRYPTION, TYPE);
    options.put(LEASE_SET_TYPE, LEASE_SET_2);
    options.put("i2cp.fastReceive", "true"); // routers take its absence as false
    options.put("i2cp.messageReliability", "none"); // what needs its fate known has a nonce
    if (publication == Publication.AT_ONCE) {
      options.remove(UNPUBLISHED); // its value false hides the destination at some i2pd
    } else {
      options.put(UNPUBLISHED, "true");
    }
    return options;
  }

  private static I2pException unsupported(String key, String value, String because) {
    return new I2pException(
        ErrorKind.UNSUPPORTED,
        key + " is always " + value + ", since " + because + ": leave it out");
  }
}
