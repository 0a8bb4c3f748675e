package io.allium.memory;

import java.util.Map;
import java.util.TreeMap;

/** What a session publishes with its lease set: I2CP's options {@code i2cp.leaseSetOption.N=key=value}. */
final class PublishedOptions {
  private static final String PREFIX = "i2cp.leaseSetOption.";

  private PublishedOptions() {}

  static Map<String, String> of(Map<String, String> options) {
    Map<String, String> published = new TreeMap<>();
    options.forEach((name, value) -> {
      int equals = value.indexOf('=');
      if (name.startsWith(PREFIX) && equals > 0) {
        published.put(value.substring(0, equals), value.substring(equals + 1));
      }
    });
    return Map.copyOf(published);
  }
}
